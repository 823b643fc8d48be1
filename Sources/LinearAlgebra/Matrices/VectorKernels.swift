// Passes over columns that lie in memory as whole vectors.

/// xᵀy over `count` vectors, in four interleaved partial sums.
@inline(__always)
func dot<V: SIMD>(_ x: UnsafeMutablePointer<V>, _ y: UnsafeMutablePointer<V>, _ count: Int) -> V.Scalar
where V.Scalar: BinaryFloatingPoint {
  var (s0, s1, s2, s3) = (V.zero, V.zero, V.zero, V.zero)
  var i = 0
  while i + 4 <= count {
    s0.addProduct(x[i], y[i])
    s1.addProduct(x[i + 1], y[i + 1])
    s2.addProduct(x[i + 2], y[i + 2])
    s3.addProduct(x[i + 3], y[i + 3])
    i += 4
  }
  while i < count {
    s0.addProduct(x[i], y[i])
    i += 1
  }
  return sumOfLanes((s0 + s1) + (s2 + s3))
}

/// The sum of the lanes: halves onto halves.
@inline(__always)
func sumOfLanes<V: SIMD>(_ v: V) -> V.Scalar where V.Scalar: BinaryFloatingPoint {
  var v = v
  var half = V.scalarCount / 2
  while half > 0 {
    for lane in 0..<half { v[lane] += v[lane + half] }
    half /= 2
  }
  return v[0]
}

/// y ← y + a·x over `count` vectors.
@inline(__always)
func addMultiple<V: SIMD>(
  _ a: V.Scalar, of x: UnsafeMutablePointer<V>, to y: UnsafeMutablePointer<V>, _ count: Int
) where V.Scalar: BinaryFloatingPoint {
  let factor = V(repeating: a)
  for i in 0..<count { y[i].addProduct(factor, x[i]) }
}

/// x ← a·x over `count` vectors.
@inline(__always)
func scale<V: SIMD>(_ x: UnsafeMutablePointer<V>, by a: V.Scalar, _ count: Int)
where V.Scalar: BinaryFloatingPoint {
  let factor = V(repeating: a)
  for i in 0..<count { x[i] *= factor }
}
