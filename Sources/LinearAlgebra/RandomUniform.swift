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
    A.storage.withUnsafeMutableBufferPointer { entries in
      for i in 0..<entries.count { entries[i] = min(Element(lower.addingProduct(width, uniform())), largest) }
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
