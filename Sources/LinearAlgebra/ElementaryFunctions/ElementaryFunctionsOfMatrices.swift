extension UnsafeMutableBufferPointer where Element: Scalar {
  /// Replaces the numbers by `function` of them, a ``Scalar/Vector`` at a time.
  ///
  /// The last vector is filled up with zeros; what `function` makes of these is dropped.
  @inlinable @inline(__always)
  public func apply(_ function: (Element.Vector) -> Element.Vector) {
    guard let start = baseAddress else { return }
    let lanes = Element.Vector.scalarCount
    let whole = count - count % lanes
    for i in stride(from: 0, to: whole, by: lanes) {
      let address = UnsafeMutableRawPointer(start + i)
      address.storeBytes(of: function(address.loadUnaligned(as: Element.Vector.self)), as: Element.Vector.self)
    }
    guard whole < count else { return }
    var last = Element.Vector.zero
    for i in whole..<count { last[i - whole] = start[i] }
    last = function(last)
    for i in whole..<count { start[i] = last[i - whole] }
  }
}

extension Matrix {
  /// Replaces each entry by `function` of it, a ``Scalar/Vector`` of entries at a time.
  ///
  /// ```swift
  /// H.apply(Element.tanh)
  /// ```
  @inlinable @inline(__always)
  public mutating func apply(_ function: (Element.Vector) -> Element.Vector) {
    storage.withUnsafeMutableBufferPointer { $0.apply(function) }
  }

  /// a_ij ← `function` of b_ij, in the memory that this matrix has already.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func update(from B: Matrix, applying function: ElementaryFunction) {
    requireShape(of: B)
    let count = storage.count
    storage.withUnsafeMutableBufferPointer { a in
      B.storage.withUnsafeBufferPointer { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return }
        Element.apply(function, b, into: a, count: count)
      }
    }
  }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  private mutating func change(_ function: ElementaryFunction) {
    storage.withUnsafeMutableBufferPointer { a in
      guard let start = a.baseAddress else { return }
      Element.apply(function, start, into: start, count: a.count)
    }
  }

  /// a_ij ← e^{a_ij}.
  public mutating func applyExp() { change(.exp) }

  /// a_ij ← log a_ij.
  public mutating func applyLog() { change(.log) }

  /// a_ij ← tanh a_ij.
  public mutating func applyTanh() { change(.tanh) }

  /// a_ij ← σ(a_ij) = 1 / (1 + e^{−a_ij}).
  public mutating func applySigmoid() { change(.sigmoid) }

  /// a_ij ← log(1 + e^{a_ij}).
  public mutating func applySoftplus() { change(.softplus) }

  /// a_ij ← sin a_ij.
  public mutating func applySin() { change(.sin) }

  /// a_ij ← cos a_ij.
  public mutating func applyCos() { change(.cos) }
}

extension Scalar {
  /// Writes `function` of `count` numbers to `target`, which may be `source`.
  @inline(__always)
  fileprivate static func apply(
    _ function: ElementaryFunction, _ source: UnsafePointer<Self>, into target: UnsafeMutablePointer<Self>, count: Int
  ) {
    let lanes = Vector.scalarCount
    let whole = count - count % lanes
    nonisolated(unsafe) let (from, to) = (source, target)
    Parallelism.forEachPart(of: whole, least: 1 << 14) { part in
      let first = part.lowerBound
      Vector.apply(function, from + first, into: to + first, count: part.count / lanes)
    }
    guard whole < count else { return }
    // The last vector is filled up with zeros.
    var last = Vector.zero
    for i in whole..<count { last[i - whole] = source[i] }
    withUnsafeMutableBytes(of: &last) { last in
      guard let start = last.baseAddress else { return }
      Vector.apply(function, start, into: start, count: 1)
    }
    for i in whole..<count { target[i] = last[i - whole] }
  }
}

/// The matrix of e^{a_ij}, entry by entry (not the matrix exponential).
public func exp<Element: Scalar>(_ A: Matrix<Element>) -> Matrix<Element> {
  var B = A
  B.applyExp()
  return B
}

/// The matrix of log a_ij, entry by entry.
public func log<Element: Scalar>(_ A: Matrix<Element>) -> Matrix<Element> {
  var B = A
  B.applyLog()
  return B
}

/// The matrix of tanh a_ij, entry by entry.
public func tanh<Element: Scalar>(_ A: Matrix<Element>) -> Matrix<Element> {
  var B = A
  B.applyTanh()
  return B
}

/// The matrix of σ(a_ij) = 1 / (1 + e^{−a_ij}), entry by entry.
public func sigmoid<Element: Scalar>(_ A: Matrix<Element>) -> Matrix<Element> {
  var B = A
  B.applySigmoid()
  return B
}

/// The matrix of log(1 + e^{a_ij}), entry by entry.
public func softplus<Element: Scalar>(_ A: Matrix<Element>) -> Matrix<Element> {
  var B = A
  B.applySoftplus()
  return B
}

/// The matrix of sin a_ij, entry by entry.
public func sin<Element: Scalar>(_ A: Matrix<Element>) -> Matrix<Element> {
  var B = A
  B.applySin()
  return B
}

/// The matrix of cos a_ij, entry by entry.
public func cos<Element: Scalar>(_ A: Matrix<Element>) -> Matrix<Element> {
  var B = A
  B.applyCos()
  return B
}
