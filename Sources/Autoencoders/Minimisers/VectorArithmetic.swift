import LinearAlgebra

// What minimisers do with vectors, in place.

/// y ← y + α x.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func add<Element: Scalar>(_ α: Element, _ x: [Element], to y: inout [Element]) {
  precondition(x.count == y.count, "cannot add a vector of \(x.count) numbers to one of \(y.count)")
  let count = x.count
  y.withUnsafeMutableBufferPointer { y in
    x.withUnsafeBufferPointer { x in
      // Plain pointers, here and below: a buffer checks each index, and the loop would not be vectorised.
      guard let x = x.baseAddress, let y = y.baseAddress else { return }
      for i in 0..<count { y[i].addProduct(α, x[i]) }
    }
  }
}

/// z ← x + α y.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func set<Element: Scalar>(_ z: inout [Element], to x: [Element], plus α: Element, _ y: [Element]) {
  precondition(
    x.count == y.count && x.count == z.count,
    "cannot add vectors of \(x.count) and \(y.count) numbers into one of \(z.count)")
  let count = z.count
  z.withUnsafeMutableBufferPointer { z in
    x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress, let z = z.baseAddress else { return }
        for i in 0..<count { z[i] = x[i].addingProduct(α, y[i]) }
      }
    }
  }
}

/// y ← x − y.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func subtract<Element: Scalar>(_ y: inout [Element], from x: [Element]) {
  precondition(x.count == y.count, "cannot subtract a vector of \(y.count) numbers from one of \(x.count)")
  let count = y.count
  y.withUnsafeMutableBufferPointer { y in
    x.withUnsafeBufferPointer { x in
      guard let x = x.baseAddress, let y = y.baseAddress else { return }
      for i in 0..<count { y[i] = x[i] - y[i] }
    }
  }
}

/// x ← α x.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func scale<Element: Scalar>(_ x: inout [Element], by α: Element) {
  x.withUnsafeMutableBufferPointer { x in for i in 0..<x.count { x[i] *= α } }
}

/// max_i |x_i|.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func largestMagnitude<Element: Scalar>(_ x: [Element]) -> Element {
  x.withUnsafeBufferPointer { x in
    var largest: Element = 0
    for i in 0..<x.count { largest = max(largest, abs(x[i])) }
    return largest
  }
}

/// The largest power of two up to x > 0; 1 for 0 and what is not finite. What is divided by it keeps all its digits, and
/// its squares neither overflow nor vanish.
func powerOfTwo<Element: Scalar>(below x: Element) -> Element {
  x > 0 && x.isFinite ? Element(sign: .plus, exponent: x.exponent, significand: 1) : 1
}

/// The first index at which x is NaN or infinite.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func firstNotFinite<Element: Scalar>(_ x: [Element]) -> Int? {
  x.withUnsafeBufferPointer { x in
    for i in 0..<x.count where !x[i].isFinite { return i }
    return nil
  }
}

extension Matrix {
  /// Σ |a_ij|, in four interleaved partial sums.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func sumOfMagnitudes() -> Element {
    withUnsafeElements { a in
      var (s0, s1, s2, s3): (Element, Element, Element, Element) = (0, 0, 0, 0)
      var i = 0
      while i + 4 <= a.count {
        s0 += abs(a[i])
        s1 += abs(a[i + 1])
        s2 += abs(a[i + 2])
        s3 += abs(a[i + 3])
        i += 4
      }
      while i < a.count {
        s0 += abs(a[i])
        i += 1
      }
      return (s0 + s1) + (s2 + s3)
    }
  }
}
