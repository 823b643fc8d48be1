import LinearAlgebra

/// An encoder p(h|x) and a decoder p(x|h) on finitely many states, as tables: do they belong to one joint distribution?
///
/// They do exactly if their ratio factorises, p(h|x) / p(x|h) = u(h) v(x) (Arnold and Press 1989): then p(x) ∝ 1/v(x).
public struct ConditionalPair: Sendable {
  /// p(h|x), a row for each x.
  public let encoder: Matrix<Double>
  /// p(x|h), a row for each h.
  public let decoder: Matrix<Double>

  /// - Throws: ``ChainError/notADistribution(row:sum:)`` for a row of either that is none, or has a probability of 0: the
  ///   test needs positive tables.
  public init(encoder: Matrix<Double>, decoder: Matrix<Double>) throws(ChainError) {
    precondition(
      encoder.rows == decoder.columns && encoder.columns == decoder.rows,
      "an encoder of \(encoder.rows) × \(encoder.columns) and a decoder of \(decoder.rows) × \(decoder.columns)")
    for table in [encoder, decoder] {
      for i in 0..<table.rows {
        let row = table.row(i)
        guard row.allSatisfy({ $0 > 0 }), abs(row.sum() - 1) <= 1e-12 else {
          throw .notADistribution(row: i, sum: row.sum())
        }
      }
    }
    (self.encoder, self.decoder) = (encoder, decoder)
  }

  /// Both conditionals of a joint distribution, whose entry (x, h) is p(x, h) > 0.
  public init(joint: Matrix<Double>) throws(ChainError) {
    let (rows, columns) = (joint.rowSums, joint.columnSums)
    try self.init(
      encoder: Matrix(rows: joint.rows, columns: joint.columns) { joint[$0, $1] / rows[$0] },
      decoder: Matrix(rows: joint.columns, columns: joint.rows) { joint[$1, $0] / columns[$0] })
  }

  /// The largest |log| of a cross-ratio of R(x, h) = p(h|x) / p(x|h), R(x,h) R(x′,h′) / (R(x,h′) R(x′,h)): 0 exactly if there
  /// is a joint distribution. O(X²H).
  public var incompatibility: Double {
    let R = Matrix(rows: encoder.rows, columns: encoder.columns) { x, h in
      Double.log(encoder[x, h]) - Double.log(decoder[h, x])
    }
    var largest = 0.0
    for x in 0..<R.rows {
      for other in 0..<x {
        let differences = R.row(x) .- R.row(other)
        largest = max(largest, differences.greatest() - differences.least())
      }
    }
    return largest
  }

  /// The chain x → h → x, whose stationary distribution is the joint's p(x) if there is one.
  public func chain() throws(ChainError) -> TransitionMatrix { try TransitionMatrix(encoder * decoder) }
}
