/// How many vectors of each row are packed before those of the next row.
///
/// Enough that whole runs of cache lines are read, which the processor prefetches; few enough that it can keep up with
/// writing as many panels at once.
let vectorsPackedTogether = 8

/// Copies a `lanes` × `depth` block, times `scale`, into panels: one ``Scalar/Vector`` of lanes for each depth.
///
/// Entry (ℓ, p) is read from `source[ℓ · laneStride + p · depthStride]`, one of the two strides being 1. The last
/// panel is filled up with zeros.
/// - Returns: the strides of the panels, which take `lanes`, rounded up to whole vectors, × `depth` entries.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func pack<Element: Scalar>(
  lanes: Int, depth: Int, _ source: UnsafePointer<Element>, laneStride: Int, depthStride: Int, scale: Element,
  into target: UnsafeMutablePointer<Element>
) -> PanelStrides {
  let width = Element.Vector.scalarCount
  if laneStride == 1 {
    let run = vectorsPackedTogether * width
    for first in stride(from: 0, to: lanes, by: run) {
      packRows(
        lanes: min(run, lanes - first), depth: depth, source + first, stride: depthStride, scale: scale,
        into: target + first &* depth)
    }
  } else {
    for first in stride(from: 0, to: lanes, by: width) {
      packColumns(
        lanes: min(width, lanes - first), depth: depth, source + first &* laneStride, stride: laneStride,
        scale: scale, into: target + first &* depth)
    }
  }
  return PanelStrides(vector: width &* depth, lane: 1, depth: width)
}

/// Packs lanes that lie side by side: vectors are only moved.
@inline(__always)
private func packRows<Element: Scalar>(
  lanes: Int, depth: Int, _ source: UnsafePointer<Element>, stride: Int, scale: Element,
  into target: UnsafeMutablePointer<Element>
) {
  let width = Element.Vector.scalarCount
  let whole = lanes - lanes % width
  for p in 0..<depth {
    let row = source + p &* stride
    var panel = target + p &* width
    for lane in Swift.stride(from: 0, to: whole, by: width) {
      panel.storeVector(scale * (row + lane).loadVector())
      panel += width &* depth
    }
    if whole < lanes { panel.storeVector(scale * (row + whole).loadVector(first: lanes - whole)) }
  }
}

/// Packs one panel whose lanes lie `stride` apart: squares of n × n scalars, n = 2^s a vector's width, are transposed.
///
/// Number the scalars of a square i·n + j. Taking the lanes of the vectors i and i + n/2 in turn, for all i, rotates the
/// bits of every number left by one place; s such rounds exchange i and j. Each round leaves its pairs of vectors where
/// they were: the next then finds its own at half the distance. (Two rounds at once, in registers, would halve the
/// traffic, but the compiler merges them into shuffles of four vectors that take twice as long.)
@inline(__always)
private func packColumns<Element: Scalar>(
  lanes: Int, depth: Int, _ source: UnsafePointer<Element>, stride: Int, scale: Element,
  into target: UnsafeMutablePointer<Element>
) {
  let n = Element.Vector.scalarCount
  let whole = lanes == n ? depth - depth % n : 0
  for i in 0..<n / 2 {
    let (upper, lower) = (source + i &* stride, source + (i &+ n / 2) &* stride)
    for p in Swift.stride(from: 0, to: whole, by: n) {
      let pair = interleave((upper + p).loadVector(), (lower + p).loadVector())
      (target + (p &+ i) &* n).storeVector(pair.low)
      (target + (p &+ i &+ n / 2) &* n).storeVector(pair.high)
    }
  }
  if n == 16 { interleavePairs(at: 4, in: target, count: whole, scale: nil) }
  interleavePairs(at: 2, in: target, count: whole, scale: nil)
  interleavePairs(at: 1, in: target, count: whole, scale: scale)

  for p in whole..<depth {
    let vector = target + p &* n
    for lane in 0..<lanes { vector[lane] = scale * source[lane &* stride &+ p] }
    for lane in lanes..<n { vector[lane] = 0 }
  }
}

/// One round on `count` vectors: each is interleaved with that `distance` further on.
@inline(__always)
private func interleavePairs<Element: Scalar>(
  at distance: Int, in vectors: UnsafeMutablePointer<Element>, count: Int, scale: Element?
) {
  let n = Element.Vector.scalarCount
  for block in Swift.stride(from: 0, to: count, by: 2 * distance) {
    for i in block..<block &+ distance {
      let (upper, lower) = (vectors + i &* n, vectors + (i &+ distance) &* n)
      var pair = interleave(UnsafePointer(upper).loadVector(), UnsafePointer(lower).loadVector())
      if let scale { pair = (scale * pair.low, scale * pair.high) }
      upper.storeVector(pair.low)
      lower.storeVector(pair.high)
    }
  }
}

/// The scalars of two vectors in turn: a₀, b₀, a₁, b₁, …
@inline(__always)
private func interleave<Vector: SIMD>(_ a: Vector, _ b: Vector) -> (low: Vector, high: Vector) {
  let half = Vector.scalarCount / 2
  var low = Vector()
  var high = Vector()
  for i in 0..<half {
    low[2 * i] = a[i]
    low[2 * i + 1] = b[i]
    high[2 * i] = a[half + i]
    high[2 * i + 1] = b[half + i]
  }
  return (low, high)
}

extension UnsafePointer where Pointee: Scalar {
  @inline(__always)
  fileprivate func loadVector() -> Pointee.Vector {
    UnsafeRawPointer(self).loadUnaligned(as: Pointee.Vector.self)
  }

  /// The first `count` scalars of a vector, the others zero: reads no further.
  @inline(__always)
  fileprivate func loadVector(first count: Int) -> Pointee.Vector {
    if count == Pointee.Vector.scalarCount { return loadVector() }
    var vector = Pointee.Vector.zero
    withUnsafeMutableBytes(of: &vector) { bytes in
      bytes.copyMemory(from: UnsafeRawBufferPointer(start: self, count: count &* MemoryLayout<Pointee>.stride))
    }
    return vector
  }
}

extension UnsafeMutablePointer where Pointee: Scalar {
  @inline(__always)
  fileprivate func storeVector(_ vector: Pointee.Vector) {
    UnsafeMutableRawPointer(self).storeBytes(of: vector, as: Pointee.Vector.self)
  }
}
