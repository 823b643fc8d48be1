import LinearAlgebra

/// Why training could not start or could not go on.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// There are no examples, or examples of no components.
  case emptyData(rows: Int, columns: Int)
  /// A NaN or infinity in the data; counted from 0.
  case notFinite(row: Int, column: Int, value: Double)
  /// A value the likelihood gives no probability; counted from 0.
  case outsideSupport(row: Int, column: Int, value: Double, likelihood: String, support: ClosedRange<Double>)
  /// A value between the steps that the likelihood counts in; counted from 0.
  case betweenSteps(row: Int, column: Int, value: Double, likelihood: String, step: Double)
  /// A run of components that is no distribution over classes; counted from 0.
  case notADistribution(row: Int, columns: Range<Int>, sum: Double)
  /// A minibatch larger than the data set.
  case batchTooLarge(batch: Int, examples: Int)
  /// The loss or the parameters stopped being finite numbers; epochs count from 1, steps within the epoch too.
  case diverged(epoch: Int, step: Int, rate: Double)
  /// The loss at the starting point is not a finite number.
  case startNotFinite(value: Double)
  /// The gradient is finite, but its square is not.
  case tooSteep(gradient: Double)

  public var description: String {
    switch self {
    case .emptyData(let rows, let columns):
      "the data set is \(rows) × \(columns): there is nothing to train on"
    case .notFinite(let row, let column, let value):
      "the data has \(value) at row \(row), column \(column); remove or impute such entries first"
    case .outsideSupport(let row, let column, let value, let likelihood, let support):
      "the data has \(value) at row \(row), column \(column), but the \(likelihood) likelihood needs values from "
        + "\(support.lowerBound) to \(support.upperBound); rescale the data or choose another likelihood"
    case .betweenSteps(let row, let column, let value, let likelihood, let step):
      "the data has \(value) at row \(row), column \(column), but the \(likelihood) likelihood counts in steps of \(step); "
        + "round the data or choose another likelihood"
    case .notADistribution(let row, let columns, let sum):
      "the data in row \(row), columns \(columns.lowerBound) to \(columns.upperBound - 1) add to \(sum), not to 1; "
        + "code each class by a 1 among zeros"
    case .batchTooLarge(let batch, let examples):
      "a minibatch of \(batch) cannot be drawn from \(examples) examples; choose at most \(examples)"
    case .diverged(let epoch, let step, let rate):
      "training diverged in step \(step) of epoch \(epoch), with step size \(rate); try a smaller one"
    case .startNotFinite(let value):
      "the loss at the starting point is \(value); check the initial parameters and the data's scale"
    case .tooSteep(let gradient):
      "the gradient goes up to \(gradient), and its square is beyond the range of the numbers; scale the data down"
    }
  }

  /// What each way of training asks of its examples: a component for each of the network's inputs, and finite numbers.
  static func check<Element: Scalar>(_ X: Matrix<Element>, forInputs inputs: Int) throws(TrainingError) {
    precondition(
      X.columns == inputs, "a network of \(inputs) inputs cannot read examples of \(X.rows) × \(X.columns)")
    try checkFinite(X)
  }

  static func checkFinite<Element: Scalar>(_ X: Matrix<Element>) throws(TrainingError) {
    guard X.rows > 0, X.columns > 0 else { throw .emptyData(rows: X.rows, columns: X.columns) }
    guard let i = firstNotFinite(X.elements) else { return }
    throw .notFinite(row: i / X.columns, column: i % X.columns, value: Double(X.elements[i]))
  }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  static func check<Element: Scalar>(
    _ X: Matrix<Element>, isValidFor likelihood: Likelihood<Element>
  ) throws(TrainingError) {
    try checkFinite(X)
    if let support = likelihood.support, let i = X.elements.firstIndex(where: { !support.contains($0) }) {
      throw .outsideSupport(
        row: i / X.columns, column: i % X.columns, value: Double(X.elements[i]), likelihood: likelihood.name,
        support: Double(support.lowerBound)...Double(support.upperBound))
    }
    if let step = likelihood.step, let i = X.elements.firstIndex(where: { !isMultiple($0, of: step) }) {
      throw .betweenSteps(
        row: i / X.columns, column: i % X.columns, value: Double(X.elements[i]), likelihood: likelihood.name,
        step: Double(step))
    }
    guard let classes = likelihood.classes else { return }
    precondition(X.columns % classes == 0, "\(X.columns) components cannot be split into runs of \(classes) classes")
    for start in stride(from: 0, to: X.elements.count, by: classes) {
      let sum = X.elements[start..<start + classes].reduce(0, +)
      guard abs(sum - 1) > Element.ulpOfOne.squareRoot() else { continue }
      let column = start % X.columns
      throw .notADistribution(row: start / X.columns, columns: column..<column + classes, sum: Double(sum))
    }
  }

  /// Whether x is a whole number of steps, to rounding.
  private static func isMultiple<Element: Scalar>(_ x: Element, of step: Element) -> Bool {
    let steps = x / step
    return abs(steps - steps.rounded()) <= 4 * Element.ulpOfOne * max(1, abs(steps))
  }
}
