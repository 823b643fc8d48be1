import LinearAlgebra

extension Trial {
  static let lesson13: [Trial] = [
    Trial("heldOutError", heldOutError) { mistake in
      mistake("left as it is: the last batch divided by a full one's size, batches averaged") { X, X̂, batch in
        inBatches(X, X̂, batch) { squares, _ in
          squares / Double(batch)
        } over: {
          $0
        }
      }
      mistake("each batch by its own size, but all batches weigh the same") { X, X̂, batch in
        inBatches(X, X̂, batch) { squares, count in
          squares / Double(count)
        } over: {
          $0
        }
      }
      mistake("the sum divided by a whole number of batches that are full") { X, X̂, batch in
        inBatches(X, X̂, batch) { squares, _ in
          squares
        } over: {
          $0 * batch
        }
      }
      mistake("the last batch dropped") { X, X̂, batch in
        let full = max(1, X.rows / batch) * min(batch, X.rows)
        return (X[rows: 0..<full] - X̂[rows: 0..<full]).squaredNorm / Double(full)
      }
      mistake("the last batch only") { X, X̂, batch in
        let rows = (X.rows - 1) / batch * batch..<X.rows
        return (X[rows: rows] - X̂[rows: rows]).squaredNorm / Double(rows.count)
      }
      mistake("averaged over pixels too") { X, X̂, _ in squaredError(X, X̂) / Double(X.columns) }
      mistake("summed, not averaged") { X, X̂, _ in (X - X̂).squaredNorm }
    },
    Trial("adamPath", adamPath) { mistake in
      mistake("left as it is: the second power from the first") { start, gradients, η in
        path(start, gradients, η) { p1, p2 in (p1 * 0.9, p1 * 0.99) }
      }
      mistake("both powers of the second memory") { start, gradients, η in
        path(start, gradients, η) { _, p2 in (p2 * 0.99, p2 * 0.99) }
      }
      mistake("the powers exchanged") { start, gradients, η in
        path(start, gradients, η) { p1, p2 in (p1 * 0.99, p2 * 0.9) }
      }
      mistake("both powers of the first memory") { start, gradients, η in
        path(start, gradients, η) { p1, _ in (p1 * 0.9, p1 * 0.9) }
      }
      mistake("no powers: 1 − β") { start, gradients, η in path(start, gradients, η) { _, _ in (0.9, 0.99) } }
      mistake("the second correction left out") { start, gradients, η in
        path(start, gradients, η) { p1, _ in (p1 * 0.9, 0) }
      }
      mistake("no correction at all") { start, gradients, η in path(start, gradients, η) { _, _ in (0, 0) } }
      mistake("the root taken of the correction twice") { start, gradients, η in
        path(start, gradients, η, root: { $0.squareRoot().squareRoot() }) { p1, p2 in (p1 * 0.9, p2 * 0.99) }
      }
      mistake("ascending") { start, gradients, η in try adamPath(from: start, gradients: gradients, rate: -η) }
    },
    Trial("tanhContraction", tanhContraction) { mistake in
      mistake("left as it is: the derivative of the sigmoid's slope") { X, W, b in
        contraction(X, W, b, turn: { 1 - 2 * $0 })
      }
      mistake("the sign of −2h turned") { X, W, b in contraction(X, W, b, turn: { 2 * $0 }) }
      mistake("−2h times the slope once more") { X, W, b in contraction(X, W, b, turn: { -2 * $0 * (1 - $0 * $0) }) }
      mistake("1 − h² in the place of −2h") { X, W, b in contraction(X, W, b, turn: { 1 - $0 * $0 }) }
      mistake("−h") { X, W, b in contraction(X, W, b, turn: { -$0 }) }
      mistake("the slope repaired instead: the sigmoid's for both") { X, W, b in
        contraction(X, W, b, slope: { $0 * (1 - $0) }, turn: { 1 - 2 * $0 })
      }
      mistake("the slope repaired instead: the sigmoid's, with −2h") { X, W, b in
        contraction(X, W, b, slope: { $0 * (1 - $0) }, turn: { -2 * $0 })
      }
      mistake("the derivative left out") { X, W, b in contraction(X, W, b, turn: { _ in 0 }) }
      mistake("not averaged over examples") { X, W, b in
        contraction(X, W, b, scale: 2, turn: { -2 * $0 })
      }
    },
    Trial("noiseLoss", noiseLoss) { mistake in
      mistake("left as it is: the loss falls with s for ever") { X, X̂, s in
        noise(X, X̂, s) { squares, D in
          (squares / 2 / .exp(s) + D / 2 * .log(2 * .pi), -squares / 2 / .exp(s))
        }
      }
      mistake("the loss repaired, its slope not") { X, X̂, s in
        noise(X, X̂, s) { squares, D in
          (squares / 2 / .exp(s) + D / 2 * (s + .log(2 * .pi)), -squares / 2 / .exp(s))
        }
      }
      mistake("the slope repaired, the loss not") { X, X̂, s in
        noise(X, X̂, s) { squares, D in
          (squares / 2 / .exp(s) + D / 2 * .log(2 * .pi), D / 2 - squares / 2 / .exp(s))
        }
      }
      mistake("s in the place of s/2") { X, X̂, s in
        noise(X, X̂, s) { squares, D in
          (squares / 2 / .exp(s) + D * s + D / 2 * .log(2 * .pi), D - squares / 2 / .exp(s))
        }
      }
      mistake("one s for all pixels together: no factor D") { X, X̂, s in
        noise(X, X̂, s) { squares, D in
          (squares / 2 / .exp(s) + s / 2 + D / 2 * .log(2 * .pi), 0.5 - squares / 2 / .exp(s))
        }
      }
      mistake("s taken for the logarithm of the deviation") { X, X̂, s in
        noise(X, X̂, s) { squares, D in
          (squares / 2 / .exp(2 * s) + D * s + D / 2 * .log(2 * .pi), D - squares / .exp(2 * s))
        }
      }
      mistake("the constant dropped") { X, X̂, s in
        noise(X, X̂, s) { squares, D in (squares / 2 / .exp(s) + D / 2 * s, D / 2 - squares / 2 / .exp(s)) }
      }
      mistake("the sign of the new term turned") { X, X̂, s in
        noise(X, X̂, s) { squares, D in
          (squares / 2 / .exp(s) - D / 2 * s + D / 2 * .log(2 * .pi), -D / 2 - squares / 2 / .exp(s))
        }
      }
      mistake("averaged over pixels too") { X, X̂, s in
        let (loss, slope) = try noiseLoss(X, X̂, logVariance: s)
        return (loss / Double(X.columns), slope / Double(X.columns))
      }
    },
  ]
}

/// Σ over batches of `part(‖X − X̂‖², examples)`, divided by what `over` makes of the number of batches.
private func inBatches(
  _ X: Matrix<Double>, _ X̂: Matrix<Double>, _ batch: Int, part: (Double, Int) -> Double, over: (Int) -> Int
) -> Double {
  let starts = Array(stride(from: 0, to: X.rows, by: batch))
  let parts = starts.map { first in
    let rows = first..<min(first + batch, X.rows)
    return part((X[rows: rows] - X̂[rows: rows]).squaredNorm, rows.count)
  }
  return parts.sum() / Double(over(starts.count))
}

/// Adam whose powers are continued by `next`.
private func path(
  _ start: [Double], _ gradients: Matrix<Double>, _ η: Double, root: (Double) -> Double = { $0.squareRoot() },
  next: (Double, Double) -> (Double, Double)
) -> [Double] {
  var (θ, m, v) = (start, start.map { _ in 0.0 }, start.map { _ in 0.0 })
  var p = (1.0, 1.0)
  for t in 0..<gradients.rows {
    p = next(p.0, p.1)
    for i in θ.indices {
      let g = gradients[t, i]
      m[i] = 0.9 * m[i] + 0.1 * g
      v[i] = 0.99 * v[i] + 0.01 * g * g
      θ[i] -= η * m[i] / (1 - p.0) / (root(v[i] / (1 - p.1)) + 1e-8)
    }
  }
  return θ
}

private func contraction(
  _ X: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double], scale: Double? = nil,
  slope: (Double) -> Double = { 1 - $0 * $0 }, turn: (Double) -> Double
) -> (Matrix<Double>, [Double]) {
  var A = X * W.T
  A.addToEachRow(b)
  let H = tanh(A)
  let S = H.map(slope)
  let scale = scale ?? 2 / Double(X.rows)
  let δ = scale * (S ⊙ S ⊙ H.map(turn) * Matrix.diagonal((W ⊙ W).rowSums))
  return (δ.T * X + scale * (Matrix.diagonal((S ⊙ S).columnSums) * W), δ.columnSums)
}

private func noise(
  _ X: Matrix<Double>, _ X̂: Matrix<Double>, _ s: Double, parts: (Double, Double) -> (Double, Double)
) -> (Double, Double) { parts((X - X̂).squaredNorm / Double(X.rows), Double(X.columns)) }
