import LinearAlgebra

extension Trial {
  static let lesson01: [Trial] = [
    Trial("energyCaptured", energyCaptured) { mistake in
      mistake("sums that are not of squares") { σ, k in σ.prefix(k).sum() / σ.sum() }
      mistake("the square taken after the sum") { σ, k in
        let (head, all) = (σ.prefix(k).sum(), σ.sum())
        return head * head / (all * all)
      }
      mistake("one term too many") { σ, k in try energyCaptured(σ, by: min(k + 1, σ.count)) }
      mistake("one term too few") { σ, k in try energyCaptured(σ, by: max(0, k - 1)) }
      mistake("the last terms") { σ, k in try energyCaptured(σ.reversed(), by: k) }
      mistake("the energy that is lost") { σ, k in 1 - (try energyCaptured(σ, by: k)) }
      mistake("not divided by the whole") { σ, k in σ.prefix(k).reduce(0) { $0 + $1 * $1 } }
      mistake("a share of the number of terms") { σ, k in Double(k) / Double(σ.count) }
    },
    Trial("smallestRank", smallestRank) { mistake in
      mistake("one too many") { A, error in min(try smallestRank(A, error: error) + 1, min(A.rows, A.columns)) }
      mistake("the largest rank that is not enough") { A, error in max(0, try smallestRank(A, error: error) - 1) }
      mistake("starts at rank 1") { A, error in max(1, try smallestRank(A, error: error)) }
      mistake("the spectral norm") { A, error in SVD(A).σ.count { $0 > error } }
      mistake("a tail of σ, not of σ²") { A, error in
        let σ = SVD(A).σ
        return (0...σ.count).first { σ.dropFirst($0).reduce(0, +) <= error } ?? σ.count
      }
      mistake("what is kept instead of what is lost") { A, error in
        let σ = SVD(A).σ
        return (0...σ.count).first { norm(Array(σ.prefix($0))) >= error } ?? σ.count
      }
      mistake("the square of the error forgotten") { A, error in try smallestRank(A, error: error.squareRoot()) }
      mistake("an error relative to the norm") { A, error in try smallestRank(A, error: error * norm(A.elements)) }
      mistake("never the full rank") { A, error in min(try smallestRank(A, error: error), min(A.rows, A.columns) - 1) }
    },
    Trial("balancedFactors", balancedFactors) { mistake in
      mistake("all of Σ in the first factor") { A, k in
        let svd = SVD(A).truncated(to: k)
        return (svd.U * svd.Σ, svd.V)
      }
      mistake("all of Σ in both") { A, k in
        let svd = SVD(A).truncated(to: k)
        return (svd.U * svd.Σ, svd.V * svd.Σ)
      }
      mistake("Σ left out") { A, k in
        let svd = SVD(A).truncated(to: k)
        return (svd.U, svd.V)
      }
      mistake("of equal norm, and no more") { A, k in
        let svd = SVD(A).truncated(to: k)
        let scale = (norm(svd.σ) / Double(k).squareRoot()).squareRoot()
        return (1 / scale * svd.U * svd.Σ, scale * svd.V)
      }
      mistake("half of Σ in each") { A, k in
        let svd = SVD(A).truncated(to: k)
        return (0.5 * svd.U * svd.Σ, 0.5 * svd.V * svd.Σ)
      }
      mistake("exchanged") { A, k in
        let (L, R) = try balancedFactors(A, rank: k)
        return (R, L)
      }
      mistake("the second transposed") { A, k in
        let (L, R) = try balancedFactors(A, rank: k)
        return (L, R.T)
      }
      mistake("not cut") { A, _ in try balancedFactors(A, rank: min(A.rows, A.columns)) }
      mistake("the last k terms") { A, k in
        let (L, R) = try balancedFactors(A, rank: min(A.rows, A.columns))
        return (L[columns: L.columns - k..<L.columns], R[columns: R.columns - k..<R.columns])
      }
      mistake("U twice") { A, k in
        let (L, _) = try balancedFactors(A, rank: k)
        return (L, L)
      }
    },
    Trial("missedDirection", missedDirection) { mistake in
      mistake("the next singular vector, whatever B is") { A, _, k in SVD(A).U.column(k) }
      mistake("the page's z, from the other side") { A, B, k in
        let V = SVD(A).V[columns: 0..<k + 1]
        return V * SVD(B * V).V.column(k)
      }
      mistake("orthogonal to B, and no more") { _, B, k in SVD(B).U.column(k) }
      mistake("the first that is orthogonal to B's last") { _, B, _ in SVD(B).U.column(min(B.rows, B.columns) - 1) }
      mistake("where A − B is longest") { A, B, _ in SVD(A - B).U.column(0) }
      mistake("where A − B is longest, without its part in B's columns") { A, B, k in
        rest(of: SVD(A - B).U.column(0), outside: SVD(B).truncated(to: k).U)
      }
      mistake("the next singular vector without its part in B's columns") { A, B, k in
        rest(of: SVD(A).U.column(k), outside: SVD(B).truncated(to: k).U)
      }
      mistake("one direction too few") { A, B, k in
        let U = SVD(A).U[columns: 0..<max(1, k)]
        return U * SVD(U.T * B).U.column(max(1, k) - 1)
      }
      mistake("the combination that B stretches most") { A, B, k in
        let U = SVD(A).U[columns: 0..<k + 1]
        return U * SVD(U.T * B).U.column(0)
      }
      mistake("the coefficients, not the vector") { A, B, k in SVD(SVD(A).U[columns: 0..<k + 1].T * B).U.column(k) }
      mistake("not of unit length") { A, B, k in try missedDirection(A, by: B, rank: k).map { 2 * $0 } }
    },
    Trial("nearestOrthogonal", nearestOrthogonal) { mistake in
      mistake("VUᵀ") { A in try nearestOrthogonal(A).T }
      mistake("UV") { A in
        let svd = SVD(A)
        return svd.U * svd.V
      }
      mistake("the nearest rotation") { A in
        let svd = SVD(A)
        let signs = svd.σ.indices.map { $0 < svd.σ.count - 1 || determinantIsPositive(A) ? 1.0 : -1 }
        return svd.U * .diagonal(signs) * svd.V.T
      }
      mistake("columns scaled to unit length") { A in
        let lengths = (0..<A.columns).map { norm(A.column($0)) }
        return A * .diagonal(lengths.map { 1 / $0 })
      }
      mistake("the orthogonal factor of QR") { A in QR(A).Q }
      mistake("U alone") { A in SVD(A).U }
      mistake("scaled by the mean singular value") { A in mean(SVD(A).σ) * (try nearestOrthogonal(A)) }
      mistake("the identity") { A in .identity(A.rows) }
    },
  ]
}

/// The unit vector along what is left of y without its part in the span of Q's orthonormal columns.
private func rest(of y: [Double], outside Q: Matrix<Double>) -> [Double] {
  let rest = zip(y, Q * (Q.T * y)).map { $0 - $1 }
  return rest.map { $0 / norm(rest) }
}

/// By Gaussian elimination without exchanges.
private func determinantIsPositive(_ A: Matrix<Double>) -> Bool {
  var (A, isPositive) = (A, true)
  for j in 0..<A.columns {
    if A[j, j] < 0 { isPositive.toggle() }
    for i in j + 1..<max(A.rows, j + 1) {
      let factor = A[i, j] / A[j, j]
      for c in j..<A.columns { A[i, c] -= factor * A[j, c] }
    }
  }
  return isPositive
}
