import LinearAlgebra

/// What a line of a derivation evaluates to: a number, a list of numbers or a matrix.
public enum Quantity: Sendable {
  case scalar(Double)
  case vector([Double])
  case matrix(Matrix<Double>)

  /// The size that residuals are relative to: |a|, or the Frobenius norm.
  var magnitude: Double {
    switch self {
    case .scalar(let a): abs(a)
    case .vector(let a): Matrix(rows: 1, columns: a.count, elements: a).norm
    case .matrix(let A): A.norm
    }
  }

  /// |a − b| or ‖A − B‖_F; nil if the two cannot be compared because their shapes differ.
  func distance(to other: Quantity) -> Double? {
    switch (self, other) {
    case (.scalar(let a), .scalar(let b)): abs(a - b)
    case (.vector(let a), .vector(let b)) where a.count == b.count:
      Quantity.vector(zip(a, b).map { $0 - $1 }).magnitude
    case (.matrix(let A), .matrix(let B)) where A.rows == B.rows && A.columns == B.columns: (A - B).norm
    default: nil
    }
  }

  private var norm: String { "‖·‖\u{A0}=\u{A0}\(Numeral.short(magnitude))" }

  /// How the page shows the value: a number, or a shape with its norm.
  public var summary: String {
    switch self {
    case .scalar(let a): Numeral.short(a)
    case .vector(let a): "\(a.count) numbers, \(norm)"
    case .matrix(let A): "\(A.rows)\u{A0}×\u{A0}\(A.columns), \(norm)"
    }
  }
}

/// A value that a derivation can compare with the one before it.
public protocol Evaluable {
  var quantity: Quantity { get }
}

extension Double: Evaluable {
  public var quantity: Quantity { .scalar(self) }
}

extension Int: Evaluable {
  public var quantity: Quantity { .scalar(Double(self)) }
}

extension Array: Evaluable where Element == Double {
  public var quantity: Quantity { .vector(self) }
}

extension Matrix: Evaluable where Element == Double {
  public var quantity: Quantity { .matrix(self) }
}
