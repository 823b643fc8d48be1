extension RandomStream {
  /// A number uniform in `range`: lower + (upper − lower)·u with u = ``uniform()``, never the upper end.
  public mutating func uniform(in range: Range<Double>) -> Double {
    let width = range.upperBound - range.lowerBound
    precondition(width > 0 && width < .infinity, "cannot draw uniformly from \(range)")
    return min(range.lowerBound.addingProduct(width, uniform()), range.upperBound.nextDown)
  }

  /// Fills `A`, row by row, with numbers uniform in `range`. Allocates nothing.
  ///
  /// Entry for entry the numbers are those of ``uniform(in:)``. For `Float` they are the same numbers, rounded, but never
  /// to the upper end.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func fillUniform<Element: Scalar>(_ A: inout Matrix<Element>, in range: Range<Element> = 0..<1) {
    let (lower, largest) = (Double(range.lowerBound), range.upperBound.nextDown)
    let width = Double(range.upperBound) - lower
    precondition(width > 0 && width < .infinity, "cannot draw uniformly from \(range)")
    change(&A) { _, u in min(Element(lower.addingProduct(width, u)), largest) }
  }

  /// Replaces each entry of `A`, row by row, by `change` of it and of a number u uniform in [0, 1). Allocates nothing.
  ///
  /// ```swift
  /// stream.change(&X) { x, u in u < 0.25 ? 0 : x }       // a quarter of the entries, at random, becomes 0
  /// ```
  ///
  /// Entry for entry the numbers are those of ``uniform()``.
  @inlinable
  public mutating func change<Element: Scalar>(
    _ A: inout Matrix<Element>, _ change: (_ a: Element, _ u: Double) -> Element
  ) {
    // The numbers are drawn in runs: one depends on the other, while the entries can be changed a vector at a time.
    let run = 512
    A.withUnsafeMutableElements { entries in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: run) { numbers in
        guard let a = entries.baseAddress, let u = numbers.baseAddress else { return }
        for first in stride(from: 0, to: entries.count, by: run) {
          let (a, count) = (a + first, min(run, entries.count - first))
          fillUniform(u, count: count)
          for i in 0..<count { a[i] = change(a[i], u[i]) }
        }
      }
    }
  }
}

extension Matrix {
  /// A matrix of independent numbers uniform in `range`; see ``RandomStream/fillUniform(_:in:)``.
  public static func uniform(
    rows: Int, columns: Int, in range: Range<Element> = 0..<1, using stream: inout RandomStream
  ) -> Matrix {
    var A = Matrix(rows: rows, columns: columns)
    stream.fillUniform(&A, in: range)
    return A
  }
}
