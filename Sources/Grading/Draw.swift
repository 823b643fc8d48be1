import LinearAlgebra

/// What the questions of an examination are drawn from: the same seed asks the same questions, another seed others.
struct Draw {
  private var stream: RandomStream

  init(seed: UInt64, function: String) { stream = RandomStream(seed: seed, name: function) }

  /// A whole number, each in `range` being equally likely.
  mutating func integer(in range: ClosedRange<Int>) -> Int { range.lowerBound + stream.integer(below: range.count) }

  /// A number, uniform in `range`.
  mutating func number(in range: Range<Double>) -> Double { stream.uniform(in: range) }

  /// Numbers, uniform in `range`.
  mutating func numbers(_ count: Int, in range: Range<Double>) -> [Double] {
    (0..<count).map { _ in stream.uniform(in: range) }
  }

  /// Independent standard normal numbers.
  mutating func normals(_ count: Int) -> [Double] { (0..<count).map { _ in stream.normal() } }

  /// A matrix of independent standard normal entries.
  mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix<Double> {
    .normal(rows: rows, columns: columns, using: &stream)
  }

  /// A matrix of entries uniform in `range`.
  mutating func matrix(_ rows: Int, _ columns: Int, in range: Range<Double>) -> Matrix<Double> {
    .uniform(rows: rows, columns: columns, in: range, using: &stream)
  }

  /// The numbers 0..<count in random order.
  mutating func permutation(_ count: Int) -> [Int] { stream.permutation(count) }
}
