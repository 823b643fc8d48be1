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
    typealias V = Element.Vector
    let lanes = V.scalarCount
    return order.map { j in
      let column = self[j]
      var vector = V.zero
      for k in 0..<stride {
        let x = column[k]
        let magnitude = x.replacing(with: -x, where: x .< 0)
        vector.replace(with: magnitude, where: magnitude .> vector)
      }
      var largest: Element = 0
      for lane in 0..<lanes { largest = max(largest, vector[lane]) }
      let bound = V(repeating: largest * (1 - 1e-6))
      var leading: (row: Int, entry: Element) = (length, 1)
      for k in 0..<stride {
        let x = column[k]
        guard any(x.replacing(with: -x, where: x .< 0) .>= bound) else { continue }
        for lane in 0..<min(lanes, length - k * lanes)
        where abs(x[lane]) >= bound[lane] && rowOrder[k * lanes + lane] < leading.row {
          leading = (rowOrder[k * lanes + lane], x[lane])
        }
      }
      return leading.entry < 0 ? -1 : 1
    }
  }
}
