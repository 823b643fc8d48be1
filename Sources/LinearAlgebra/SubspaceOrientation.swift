extension ContiguousColumns {
  /// For each column of `order`, the sign that makes its leading entry positive.
  ///
  /// The leading entry is the first one whose magnitude is at least (1 − 10⁻⁶) times the largest: the largest itself would
  /// depend on rounding errors where two entries are nearly as large.
  ///
  /// - Parameter rowOrder: entry i belongs to row `rowOrder[i]`; "first" means the smallest row.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func signs(_ order: [Int], rowOrder: [Int]) -> [Element] {
    order.map { j in
      let column = entries(j)
      var largest: Element = 0
      for i in 0..<length { largest = max(largest, abs(column[i])) }
      let bound = largest * (1 - 1e-6)
      var leading: (row: Int, entry: Element) = (length, 1)
      for i in 0..<length where abs(column[i]) >= bound && rowOrder[i] < leading.row {
        leading = (rowOrder[i], column[i])
      }
      return leading.entry < 0 ? -1 : 1
    }
  }
}
