import LinearAlgebra

/// What reads classes off codes: the judge of how much a code tells.
public protocol Classifier<Element> {
  associatedtype Element: Scalar

  /// The classes of codes H (M × K), one for each row.
  func predict(_ H: Matrix<Element>) -> [Int]
}

extension Classifier {
  /// The share of codes H (M × K) whose class is the one in `labels`.
  public func accuracy(_ H: Matrix<Element>, labels: [Int]) -> Double {
    precondition(labels.count == H.rows && !labels.isEmpty, "\(labels.count) labels for \(H.rows) codes")
    return Double(zip(predict(H), labels).count { $0 == $1 }) / Double(labels.count)
  }

  /// The share of codes H (M × K) whose class is another than the one in `labels`.
  public func errorRate(_ H: Matrix<Element>, labels: [Int]) -> Double { 1 - accuracy(H, labels: labels) }
}
