import LinearAlgebra

extension Trial {
  static let lesson04: [Trial] = [
    Trial("softThreshold", softThreshold) { mistake in
      mistake("a hard threshold") { values, t in values.map { abs($0) > t ? $0 : 0 } }
      mistake("negative numbers cut, a ReLU") { values, t in values.map { max($0 - t, 0) } }
      mistake("the sign lost") { values, t in values.map { max(abs($0) - t, 0) } }
      mistake("no dead zone") { values, t in values.map { $0 - ($0 > 0 ? t : $0 < 0 ? -t : 0) } }
      mistake("pushed outwards") { values, t in values.map { $0 > t ? $0 + t : $0 < -t ? $0 - t : 0 } }
      mistake("the ½ forgotten") { values, t in try softThreshold(values, by: t / 2) }
      mistake("the penalty squared") { values, t in values.map { $0 / (1 + 2 * t) } }
      mistake("clipped") { values, t in values.map { min(max($0, -t), t) } }
    },
    Trial("sparsityPenalty", sparsityPenalty) { mistake in
      mistake("ρ̂ averaged over the units") { H, ρ in try sparsityPenalty(H.T, target: ρ) }
      mistake("ρ̂ of the whole batch") { H, ρ in
        try sparsityPenalty(Matrix(rows: 1, columns: 1, repeating: H.mean), target: ρ)
      }
      mistake("ρ and ρ̂ exchanged") { H, ρ in
        H.columnMeans.map { ρ̂ in ρ̂ * .log(ρ̂ / ρ) + (1 - ρ̂) * .log((1 - ρ̂) / (1 - ρ)) }.sum()
      }
      mistake("the second term dropped") { H, ρ in H.columnMeans.map { ρ̂ in ρ * .log(ρ / ρ̂) }.sum() }
      mistake("the cross-entropy") { H, ρ in
        H.columnMeans.map { ρ̂ in -ρ * .log(ρ̂) - (1 - ρ) * .log(1 - ρ̂) }.sum()
      }
      mistake("the mean over units") { H, ρ in try sparsityPenalty(H, target: ρ) / Double(H.columns) }
      mistake("the mean of divergences, not the divergence of the mean") { H, ρ in
        try sparsityPenalty(oneExample(H.elements), target: ρ) / Double(H.rows)
      }
      mistake("the sum of activations") { H, ρ in
        H.columnSums.map { ρ̂ in ρ * .log(ρ / ρ̂) + (1 - ρ) * .log((1 - ρ) / abs(1 - ρ̂)) }.sum()
      }
      mistake("ρ̂ clamped silently") { H, ρ in
        try sparsityPenalty(oneExample(H.columnMeans.map { min(max($0, 1e-6), 1 - 1e-6) }), target: ρ)
      }
      mistake("a little added to ρ̂") { H, ρ in
        try sparsityPenalty(oneExample(H.columnMeans.map { $0 + 1e-8 }), target: ρ)
      }
      mistake("logarithms to the base 2") { H, ρ in try sparsityPenalty(H, target: ρ) / .log(2) }
      mistake("the sign") { H, ρ in -(try sparsityPenalty(H, target: ρ)) }
    },
    Trial("populationAndLifetime", populationAndLifetime) { mistake in
      mistake("the two exchanged") { H in
        let (population, lifetime) = try populationAndLifetime(H)
        return (lifetime, population)
      }
      mistake("the lifetime measure for both") { H in
        let (_, lifetime) = try populationAndLifetime(H)
        return (lifetime, lifetime)
      }
      mistake("n always the number of units") { H in
        sparsenesses(H) { r in scaled(activity(r), n: H.columns) }
      }
      mistake("not scaled") { H in sparsenesses(H) { r in 1 - activity(r) } }
      mistake("the activity ratio") { H in sparsenesses(H, activity) }
      mistake("signed activities") { H in
        sparsenesses(H) { r in scaled(mean(r) * mean(r) / mean(r.map { $0 * $0 }), n: r.count) }
      }
      mistake("sums without 1/n") { H in
        sparsenesses(H) { r in scaled(Double(r.count) * activity(r), n: r.count) }
      }
      mistake("the mean not squared") { H in
        sparsenesses(H) { r in scaled(mean(r.map(abs)) / mean(r.map { $0 * $0 }), n: r.count) }
      }
      mistake("the square before the mean") { H in
        sparsenesses(H) { r in scaled(activity(r.map { $0 * $0 }), n: r.count) }
      }
      mistake("Hoyer's measure") { H in
        sparsenesses(H) { r in
          let root = Double(r.count).squareRoot()
          return (root - r.map(abs).sum() / norm(r)) / (root - 1)
        }
      }
      mistake("the share of zeros") { H in
        sparsenesses(H) { r in Double(r.count { $0 == 0 }) / Double(r.count) }
      }
      mistake("means over the batch") { H in
        let (population, lifetime) = try populationAndLifetime(H)
        return (population.map { _ in mean(population) }, lifetime.map { _ in mean(lifetime) })
      }
    },
    Trial("sparseCodes", sparseCodes) { mistake in
      mistake("the threshold λ") { X, Wˢ, c, λ, η, count, H in
        try sparseCodes(of: X, decoder: Wˢ, c, λ: λ / η, step: η, count: count, from: H)
      }
      mistake("the threshold λ/η") { X, Wˢ, c, λ, η, count, H in
        try sparseCodes(of: X, decoder: Wˢ, c, λ: λ / (η * η), step: η, count: count, from: H)
      }
      mistake("the sign of the residual") { X, Wˢ, c, λ, η, count, H in
        steps(count, H) { shrunk($0 + η * slope(X, Wˢ, c, $0), η * λ) }
      }
      mistake("the ½ forgotten: twice the slope") { X, Wˢ, c, λ, η, count, H in
        steps(count, H) { shrunk($0 - 2 * η * slope(X, Wˢ, c, $0), η * λ) }
      }
      mistake("the slope averaged over examples") { X, Wˢ, c, λ, η, count, H in
        steps(count, H) { shrunk($0 - η / Double(X.rows) * slope(X, Wˢ, c, $0), η * λ) }
      }
      mistake("the bias forgotten") { X, Wˢ, c, λ, η, count, H in
        try sparseCodes(of: X, decoder: Wˢ, c.map { _ in 0 }, λ: λ, step: η, count: count, from: H)
      }
      mistake("the bias with the wrong sign") { X, Wˢ, c, λ, η, count, H in
        try sparseCodes(of: X, decoder: Wˢ, c.map { -$0 }, λ: λ, step: η, count: count, from: H)
      }
      mistake("starts from zero") { X, Wˢ, c, λ, η, count, H in
        try sparseCodes(of: X, decoder: Wˢ, c, λ: λ, step: η, count: count, from: H.map { _ in 0 })
      }
      mistake("one step only") { X, Wˢ, c, λ, η, count, H in
        try sparseCodes(of: X, decoder: Wˢ, c, λ: λ, step: η, count: 1, from: H)
      }
      mistake("one step too many") { X, Wˢ, c, λ, η, count, H in
        try sparseCodes(of: X, decoder: Wˢ, c, λ: λ, step: η, count: count + 1, from: H)
      }
      mistake("the residual of the start in all steps") { X, Wˢ, c, λ, η, count, H in
        steps(count, H) { shrunk($0 - η * slope(X, Wˢ, c, H), η * λ) }
      }
      mistake("the threshold before the slope") { X, Wˢ, c, λ, η, count, H in
        steps(count, H) {
          let thresholded = shrunk($0, η * λ)
          return thresholded - η * slope(X, Wˢ, c, thresholded)
        }
      }
      mistake("no threshold but at the end") { X, Wˢ, c, λ, η, count, H in
        let last = steps(count, H) { $0 - η * slope(X, Wˢ, c, $0) }
        return shrunk(last, η * λ)
      }
      mistake("a hard threshold") { X, Wˢ, c, λ, η, count, H in
        steps(count, H) { ($0 - η * slope(X, Wˢ, c, $0)).map { abs($0) > η * λ ? $0 : 0 } }
      }
      mistake("codes that cannot be negative") { X, Wˢ, c, λ, η, count, H in
        steps(count, H) { ($0 - η * slope(X, Wˢ, c, $0)).map { max($0 - η * λ, 0) } }
      }
      mistake("the subgradient λ sign h") { X, Wˢ, c, λ, η, count, H in
        steps(count, H) { h in h - η * slope(X, Wˢ, c, h) - h.map { $0 > 0 ? η * λ : $0 < 0 ? -η * λ : 0 } }
      }
      mistake("right only for one example") { X, Wˢ, c, λ, η, count, H in
        let first = try sparseCodes(
          of: X[rows: 0..<1], decoder: Wˢ, c, λ: λ, step: η, count: count, from: H[rows: 0..<1])
        return Matrix(rows: H.rows, columns: H.columns) { _, l in first[0, l] }
      }
    },
    Trial("sparsityGradient", sparsityGradient) { mistake in
      mistake("not divided by N") { A, ρ in Double(A.rows) * (try sparsityGradient(A, target: ρ)) }
      mistake("divided by the units as well") { A, ρ in
        1 / Double(A.columns) * (try sparsityGradient(A, target: ρ))
      }
      mistake("ρ̂ averaged over the units") { A, ρ in try sparsityGradient(A.T, target: ρ).T }
      mistake("the gradient in h") { A, ρ in
        chained(A) {
          -ρ / $0 + (1 - ρ) / $1
        } slope: { _, _ in
          1
        }
      }
      mistake("the gradient in ρ̂, with neither 1/N nor h (1 − h)") { A, ρ in
        Double(A.rows)
          * chained(A) {
            -ρ / $0 + (1 - ρ) / $1
          } slope: { _, _ in
            1
          }
      }
      mistake("the second term dropped") { A, ρ in chained(A) { ρ̂, _ in -ρ / ρ̂ } }
      mistake("the sign of the second term") { A, ρ in chained(A) { -ρ / $0 - (1 - ρ) / $1 } }
      mistake("the sign") { A, ρ in -(try sparsityGradient(A, target: ρ)) }
      mistake("ρ and ρ̂ exchanged") { A, ρ in chained(A) { .log($0 / ρ) - .log($1 / (1 - ρ)) } }
      mistake("the slope of tanh") { A, ρ in
        chained(A) {
          -ρ / $0 + (1 - ρ) / $1
        } slope: { h, _ in
          1 - h * h
        }
      }
      mistake("the slope at the mean") { A, ρ in
        chained(A) { ρ̂, _ in
          ρ̂ - ρ
        } slope: { _, _ in
          1
        }
      }
      mistake("a divergence for each example") { A, ρ in A.map { (.sigmoid($0) - ρ) / Double(A.rows) } }
      mistake("1 − ρ̂ by subtraction: NaN if all are 40") { A, ρ in
        chained(A) { ρ̂, _ in
          -ρ / ρ̂ + (1 - ρ) / (1 - ρ̂)
        } slope: { h, _ in
          h * (1 - h)
        }
      }
      mistake("ρ̂ clamped silently: no push on a sleeping unit") { A, ρ in
        chained(A) { ρ̂, _ in
          let ρ̂ = min(max(ρ̂, 1e-6), 1 - 1e-6)
          return -ρ / ρ̂ + (1 - ρ) / (1 - ρ̂)
        }
      }
      mistake("ρ̂ clamped to the numbers that Double can tell from 1") { A, ρ in
        chained(A) { ρ̂, _ in
          let ρ̂ = min(max(ρ̂, .leastNormalMagnitude), 1 - .ulpOfOne / 2)
          return -ρ / ρ̂ + (1 - ρ) / (1 - ρ̂)
        } slope: { h, _ in
          h * (1 - h)
        }
      }
      mistake("a little added to ρ̂ and to 1 − ρ̂") { A, ρ in
        chained(A) { -ρ / ($0 + 1e-8) + (1 - ρ) / ($1 + 1e-8) }
      }
    },
  ]
}

private func oneExample(_ h: [Double]) -> Matrix<Double> { Matrix(rows: 1, columns: h.count, elements: h) }

/// (1/n Σ|r_i|)² / (1/n Σ r_i²)
private func activity(_ r: [Double]) -> Double {
  let magnitude = mean(r.map(abs))
  return magnitude * magnitude / mean(r.map { $0 * $0 })
}

/// (1 − a) / (1 − 1/n)
private func scaled(_ a: Double, n: Int) -> Double { (1 - a) / (1 - 1 / Double(n)) }

/// A measure of each row, and of each column.
private func sparsenesses(_ H: Matrix<Double>, _ measure: ([Double]) -> Double) -> ([Double], [Double]) {
  ((0..<H.rows).map { measure(H.row($0)) }, (0..<H.columns).map { measure(H.column($0)) })
}

/// ∇f of each code: (H W*ᵀ + c − X) W*.
private func slope(_ X: Matrix<Double>, _ Wˢ: Matrix<Double>, _ c: [Double], _ H: Matrix<Double>) -> Matrix<Double> {
  var residual = H * Wˢ.T - X
  residual.addToEachRow(c)
  return residual * Wˢ
}

private func shrunk(_ V: Matrix<Double>, _ t: Double) -> Matrix<Double> {
  V.map { max($0 - t, 0) - max(-$0 - t, 0) }
}

private func steps(
  _ count: Int, _ H: Matrix<Double>, _ step: (Matrix<Double>) -> Matrix<Double>
) -> Matrix<Double> {
  (0..<count).reduce(H) { H, _ in step(H) }
}

/// 1/N `outer`(ρ̂_l, 1 − ρ̂_l) `slope`(h_nl, 1 − h_nl), where nothing is lost if a unit saturates.
private func chained(
  _ A: Matrix<Double>, _ outer: (Double, Double) -> Double, slope: (Double, Double) -> Double = { $0 * $1 }
) -> Matrix<Double> {
  let (H, rest) = (A.map { .sigmoid($0) }, A.map { .sigmoid(-$0) })
  let slopes = zip(H.columnMeans, rest.columnMeans).map(outer)
  return Matrix(rows: A.rows, columns: A.columns) { n, l in slopes[l] * slope(H[n, l], rest[n, l]) / Double(A.rows) }
}
