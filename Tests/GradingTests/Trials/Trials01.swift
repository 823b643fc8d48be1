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
      mistake("the energy that is lost") { σ, k in 1 - (try energyCaptured(σ, by: k)) }
      mistake("not divided by the whole") { σ, k in σ.prefix(k).reduce(0) { $0 + $1 * $1 } }
      mistake("a share of the number of terms") { σ, k in Double(k) / Double(σ.count) }
    },
    Trial("smallestRank", smallestRank) { mistake in
      mistake("one too many") { A, error in min(try smallestRank(A, error: error) + 1, min(A.rows, A.columns)) }
      mistake("starts at rank 1") { A, error in max(1, try smallestRank(A, error: error)) }
      mistake("the spectral norm") { A, error in SVD(A).σ.count { $0 > error } }
      mistake("the square of the error forgotten") { A, error in try smallestRank(A, error: error.squareRoot()) }
      mistake("an error relative to the norm") { A, error in try smallestRank(A, error: error * norm(A.elements)) }
      mistake("never the full rank") { A, error in min(try smallestRank(A, error: error), min(A.rows, A.columns) - 1) }
    },
    Trial("bestApproximation", bestApproximation) { mistake in
      mistake("one term too many") { A, k in try bestApproximation(A, rank: min(k + 1, 4)) }
      mistake("the last terms") { A, k in A - (try bestApproximation(A, rank: 4 - k)) }
      mistake("the remainder") { A, k in A - (try bestApproximation(A, rank: k)) }
      mistake("transposed") { A, k in try bestApproximation(A, rank: k).T }
      mistake("the singular values left out") { A, k in
        let svd = SVD(A)
        return svd.U[columns: 0..<k] * svd.V[columns: 0..<k].T
      }
      mistake("the first rows") { A, k in
        Matrix(rows: A.rows, columns: A.columns) { i, j in i < k ? A[i, j] : 0 }
      }
    },
    Trial("nearestOrthogonal", nearestOrthogonal) { mistake in
      mistake("VUᵀ") { A in try nearestOrthogonal(A).T }
      mistake("UV") { A in
        let svd = SVD(A)
        return svd.U * svd.V
      }
      mistake("the orthogonal factor of QR") { A in QR(A).Q }
      mistake("U alone") { A in SVD(A).U }
      mistake("scaled by the mean singular value") { A in mean(SVD(A).σ) * (try nearestOrthogonal(A)) }
      mistake("the identity") { A in .identity(A.rows) }
    },
  ]
}
