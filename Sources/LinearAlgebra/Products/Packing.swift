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
) -> ColumnStrides {
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
  return ColumnStrides(vector: width &* depth, depth: width)
}

/// Copies a block of A, times its scale, so that tiles find it in the order in which they read it.
///
/// Rows of a transpose, which lie side by side, are taken tile by tile: for each depth the entries of its rows.
/// Others stay rows.
/// - Returns: the strides of the copy.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func packTiles<Element: Scalar>(
  rows m: Int, depth k: Int, _ A: Factor<Element>, into target: UnsafeMutablePointer<Element>
) -> RowStrides {
  if A.rowStride != 1 {
    // A vector more than there are entries, lest rows lie whole pages apart.
    let stride = k + Element.Vector.scalarCount
    for i in 0..<m {
      let (row, copy) = (A.base + i &* A.rowStride, target + i &* stride)
      for p in 0..<k { copy[p] = A.scale * row[p] }
    }
    return RowStrides(tile: stride, row: stride, depth: 1)
  }
  let tile = Blocking.tileRows
  var i = 0
  while i < m {
    // Whole tiles several at a time; those at the end, which may be less tall, one by one.
    let tiles = max(1, min(vectorsPackedTogether, (m - i) / tile - 1))
    let rows = tiles == 1 ? Blocking.tileRows(of: m - i) : tile
    let (source, panels) = (A.base + i, target + i &* k)
    if rows == tile {
      // As a constant, the number of rows costs no branch.
      copyTiles(tiles, rows: tile, depth: k, from: source, stride: A.columnStride, scale: A.scale, to: panels)
    } else {
      copyTiles(tiles, rows: rows, depth: k, from: source, stride: A.columnStride, scale: A.scale, to: panels)
    }
    i += tiles * rows
  }
  return RowStrides(tile: k, row: 1, depth: nil)
}

/// Copies neighbouring tiles of rows that lie side by side, times `scale`, one tile after the other.
@inline(__always)
private func copyTiles<Element: Scalar>(
  _ tiles: Int, rows: Int, depth: Int, from source: UnsafePointer<Element>, stride: Int, scale: Element,
  to target: UnsafeMutablePointer<Element>
) {
  for p in 0..<depth {
    var (source, target) = (source + p &* stride, target + p &* rows)
    for _ in 0..<tiles {
      copy(rows, from: source, scale: scale, to: target)
      source += rows
      target += rows &* depth
    }
  }
}

/// Copies `count` < 16 entries, times `scale`: four or two at a time, which is faster than any call.
@inline(__always)
private func copy<Element: Scalar>(
  _ count: Int, from source: UnsafePointer<Element>, scale: Element, to target: UnsafeMutablePointer<Element>
) {
  var i = 0
  @inline(__always) func move<Part: SIMD<Element>>(_: Part.Type) {
    let part = UnsafeRawPointer(source + i).loadUnaligned(as: Part.self)
    UnsafeMutableRawPointer(target + i).storeBytes(of: scale * part, as: Part.self)
    i += Part.scalarCount
  }
  if count & 8 != 0 { move(SIMD8<Element>.self) }
  if count & 4 != 0 { move(SIMD4<Element>.self) }
  if count & 2 != 0 { move(SIMD2<Element>.self) }
  if count & 1 != 0 { target[i] = scale * source[i] }
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

/// Packs one panel whose lanes lie `stride` apart: q × q squares are transposed, q scalars making a quarter of a vector.
///
/// Quarter b of a vector v_r is read from lane q·b + r. Vectors v_0, …, v_{q−1} then have four squares side by side, and
/// the transposes of these, side by side, are q vectors of the panel. (A square as large as a vector would take more
/// rounds, and shuffles between quarters, which are slow.)
@inline(__always)
private func packColumns<Element: Scalar>(
  lanes: Int, depth: Int, _ source: UnsafePointer<Element>, stride: Int, scale: Element,
  into target: UnsafeMutablePointer<Element>
) {
  let n = Element.Vector.scalarCount
  let q = n / 4
  let whole = lanes == n ? depth - depth % q : 0
  for p in Swift.stride(from: 0, to: whole, by: q) {
    let (lane, panel) = (source + p, target + p &* n)
    if q == 2 {
      let pair = interleave(
        quarters(lane, stride: 2 &* stride), quarters(lane + stride, stride: 2 &* stride), runs: 1)
      panel.storeVector(scale * pair.low)
      (panel + n).storeVector(scale * pair.high)
    } else {
      let upper = interleave(
        quarters(lane, stride: 4 &* stride), quarters(lane + stride, stride: 4 &* stride), runs: 1)
      let lower = interleave(
        quarters(lane + 2 &* stride, stride: 4 &* stride), quarters(lane + 3 &* stride, stride: 4 &* stride), runs: 1)
      let first = interleave(upper.low, lower.low, runs: 2)
      let second = interleave(upper.high, lower.high, runs: 2)
      panel.storeVector(scale * first.low)
      (panel + n).storeVector(scale * first.high)
      (panel + 2 &* n).storeVector(scale * second.low)
      (panel + 3 &* n).storeVector(scale * second.high)
    }
  }
  for p in whole..<depth {
    let vector = target + p &* n
    for lane in 0..<lanes { vector[lane] = scale * source[lane &* stride &+ p] }
    for lane in lanes..<n { vector[lane] = 0 }
  }
}

/// A vector of four quarters, `stride` scalars apart in memory.
@inline(__always)
private func quarters<Element: Scalar>(_ source: UnsafePointer<Element>, stride: Int) -> Element.Vector {
  @inline(__always) func quarter(_ b: Int) -> SIMD2<UInt64> {
    UnsafeRawPointer(source + b &* stride).loadUnaligned(as: SIMD2<UInt64>.self)
  }
  let vector = SIMD8(
    lowHalf: SIMD4(lowHalf: quarter(0), highHalf: quarter(1)),
    highHalf: SIMD4(lowHalf: quarter(2), highHalf: quarter(3)))
  return unsafeBitCast(vector, to: Element.Vector.self)
}

/// Runs of scalars of two vectors in turn, within each quarter: of one scalar a₀, b₀, a₁, b₁, …, of two a₀, a₁, b₀, b₁.
@inline(__always)
private func interleave<Vector: SIMD>(_ a: Vector, _ b: Vector, runs length: Int) -> (low: Vector, high: Vector) {
  let q = Vector.scalarCount / 4
  var low = Vector()
  var high = Vector()
  for start in Swift.stride(from: 0, to: Vector.scalarCount, by: q) {
    for i in 0..<q / 2 {
      // Scalar i of a half quarter goes to its run, and there to its place.
      let place = start + i / length * 2 * length + i % length
      low[place] = a[start + i]
      low[place + length] = b[start + i]
      high[place] = a[start + q / 2 + i]
      high[place + length] = b[start + q / 2 + i]
    }
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
