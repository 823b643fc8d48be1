/// Points that a method on manifolds cannot work with.
public enum ManifoldError: Error, Equatable, CustomStringConvertible {
  /// A number of neighbours out of range for so many points.
  case neighbours(Int, points: Int)
  /// More dimensions asked for than there can be.
  case dimensions(Int, most: Int)
  /// A graph in pieces, between which there is no path. `connecting` is the least number of neighbours for which it is one.
  case disconnected(neighbours: Int, sizes: [Int], connecting: Int)
  /// A width of a density that is not a positive number.
  case width(Double)
  /// Distances whose squares, or sums of squares, are beyond the range of the numbers.
  case size(Double)
  /// A number that is none.
  case notFinite(row: Int, column: Int)

  public var description: String {
    switch self {
    case .neighbours(let k, let n):
      "\(k) neighbours are asked for among \(n) points: there must be at least 1 and at most \(max(0, n - 1))"
    case .dimensions(let d, let most): "\(d) dimensions are asked for, but there must be at least 1 and at most \(most)"
    case .disconnected(let k, let sizes, let connecting):
      "the graph of \(k) neighbours falls into \(sizes.count) pieces, of "
        + sizes.prefix(8).map(String.init).joined(separator: ", ") + (sizes.count > 8 ? ", …" : "")
        + " points, and no path joins them: \(connecting) neighbours connect it"
    case .width(let h): "a density cannot have the width \(h): it must be a positive number"
    case .size(let largest):
      "the largest distance is \(largest): distances are squared, so it must lie between 1e-140 and 1e+140; multiply all of "
        + "them by one factor"
    case .notFinite(let row, let column): "entry (\(row), \(column)) of the points is not a finite number"
    }
  }
}
