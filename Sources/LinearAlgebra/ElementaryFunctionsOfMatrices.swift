extension UnsafeMutableBufferPointer where Element: Scalar {
  /// Replaces the numbers by `function` of them, a ``Scalar/Vector`` at a time.
  ///
  /// The last vector is filled up with zeros; what `function` makes of these is dropped.
  @inlinable @inline(__always)
  public func apply(_ function: (Element.Vector) -> Element.Vector) {
    change { $0 = function($0) }
  }

  /// Changes the numbers by `function`, a vector at a time.
  @inlinable @inline(__always)
  func change(_ function: (inout Element.Vector) -> Void) {
    guard let start = baseAddress else { return }
    let lanes = Element.Vector.scalarCount
    let whole = count - count % lanes
    for i in stride(from: 0, to: whole, by: lanes) {
      let address = UnsafeMutableRawPointer(start + i)
      var vector = address.loadUnaligned(as: Element.Vector.self)
      function(&vector)
      address.storeBytes(of: vector, as: Element.Vector.self)
    }
    guard whole < count else { return }
    var last = Element.Vector.zero
    for i in whole..<count { last[i - whole] = start[i] }
    function(&last)
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

  /// Changes the entries by `function`, a vector at a time.
  @inline(__always)
  private mutating func change(_ function: (inout Element.Vector) -> Void) {
    storage.withUnsafeMutableBufferPointer { $0.change(function) }
  }

  /// a_ij ← e^{a_ij}.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func applyExp() { change { $0.formExp() } }

  /// a_ij ← log a_ij.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func applyLog() { change { $0.formLog() } }

  /// a_ij ← tanh a_ij.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func applyTanh() { change { $0.formTanh() } }

  /// a_ij ← σ(a_ij) = 1 / (1 + e^{−a_ij}).
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func applySigmoid() { change { $0.formSigmoid() } }

  /// a_ij ← log(1 + e^{a_ij}).
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func applySoftplus() { change { $0.formSoftplus() } }

  /// a_ij ← sin a_ij.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func applySin() { change { $0.formSin() } }

  /// a_ij ← cos a_ij.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func applyCos() { change { $0.formCos() } }
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
