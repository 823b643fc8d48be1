// Scaling by powers of two, which rounds nothing unless a result leaves the range of normal numbers.

extension Scalar {
  /// 2^`exponent`.
  static func powerOfTwo(_ exponent: Int) -> Self {
    Self(sign: .plus, exponent: Exponent(exponent), significand: 1)
  }

  /// This number times 2^`exponent`, which may itself lie outside the range of this type.
  @inline(__always)
  func timesPowerOfTwo(_ exponent: Int) -> Self {
    Self(sign: .plus, exponent: Exponent(exponent), significand: self)
  }
}

extension Matrix {
  /// Each entry times 2^`exponent`, which may itself lie outside the range of the entries' type.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func timesPowerOfTwo(_ exponent: Int) -> Matrix {
    // One multiplication rounds as the general way does, and is many times faster.
    let factor = Element.powerOfTwo(exponent)
    return factor.isNormal ? map { $0 * factor } : map { $0.timesPowerOfTwo(exponent) }
  }

  /// Entry (i, j) times 2 to the power `rows[i]` + `columns[j]`.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func scaled(rows rowExponents: [Int], columns columnExponents: [Int]) -> Matrix {
    Matrix(rows: rows, columns: columns) { i, j in
      self[i, j].timesPowerOfTwo(rowExponents[i] + columnExponents[j])
    }
  }

  /// For each row, the exponent of its largest magnitude; 0 for a row of zeros.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func exponentsOfRows() -> [Int] {
    (0..<rows).map { i in
      let largest = row(i).reduce(0) { Swift.max($0, abs($1)) }
      return largest > 0 ? Int(largest.exponent) : 0
    }
  }

  /// For each column, the exponent of its largest magnitude, once row i is multiplied by 2 to the power `rows[i]`; 0 for a
  /// column of zeros.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func exponentsOfColumns(scalingRows rowExponents: [Int]) -> [Int] {
    var exponents = [Int](repeating: .min, count: columns)
    for i in 0..<rows {
      for j in 0..<columns where self[i, j] != 0 {
        exponents[j] = Swift.max(exponents[j], Int(self[i, j].exponent) + rowExponents[i])
      }
    }
    return exponents.map { $0 == .min ? 0 : $0 }
  }

  /// Stops the program if an entry is not finite; the message is `task` and which entry that is.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func requireFiniteEntries(_ task: String) {
    guard let k = storage.firstIndex(where: { !$0.isFinite }) else { return }
    preconditionFailure("\(task) whose entry (\(k / columns), \(k % columns)) is \(storage[k])")
  }
}
