import LinearAlgebra

extension Trial {
  static let lesson02: [Trial] = [
    Trial("normalisedExamples", normalisedExamples) { mistake in
      mistake("the new examples' own mean") { Y, X in
        Y.subtractingFromEachRow(Y.columnMeans) / Double(X.rows).squareRoot()
      }
      mistake("the number of new examples") { Y, X in
        Y.subtractingFromEachRow(X.columnMeans) / Double(Y.rows).squareRoot()
      }
      mistake("the training examples normalised") { _, X in try normalisedExamples(X, training: X) }
      mistake("divided by T") { Y, X in Y.subtractingFromEachRow(X.columnMeans) / Double(X.rows) }
      mistake("divided by √(T − 1)") { Y, X in
        Y.subtractingFromEachRow(X.columnMeans) / Double(max(1, X.rows - 1)).squareRoot()
      }
      mistake("divided by √D") { Y, X in Y.subtractingFromEachRow(X.columnMeans) / Double(X.columns).squareRoot() }
      mistake("not divided") { Y, X in Y.subtractingFromEachRow(X.columnMeans) }
      mistake("not centred") { Y, X in Y / Double(X.rows).squareRoot() }
      mistake("one mean for all pixels") { Y, X in Y.map { ($0 - X.mean) / Double(X.rows).squareRoot() } }
      mistake("the mean of each row") { Y, X in
        Matrix(rows: Y.rows, columns: Y.columns) { n, i in
          (Y[n, i] - mean(Y.row(n))) / Double(X.rows).squareRoot()
        }
      }
    },
    Trial("whiteAutoencoder", whiteAutoencoder) { mistake in
      mistake("HᵀH = I") { X, k in
        let best = try whiteAutoencoder(X, units: k)
        let N = Double(X.rows)
        return (best.W / N.squareRoot(), N.squareRoot() * best.Wˢ)
      }
      mistake("the decoder without its 1 / √N") { X, k in
        let best = try whiteAutoencoder(X, units: k)
        return (best.W, Double(X.rows).squareRoot() * best.Wˢ)
      }
      mistake("tied weights") { X, k in
        let V = SVD(X).truncated(to: k).V
        return (V.T, V)
      }
      mistake("whitened, but the decoder the encoder's mirror") { X, k in
        let W = try whiteAutoencoder(X, units: k).W
        return (W, W.T)
      }
      mistake("Σ in the encoder, its inverse in the decoder") { X, k in
        let best = try whiteAutoencoder(X, units: k)
        return (best.Wˢ.T, best.W.T)
      }
      mistake("encoder and decoder exchanged") { X, k in
        let best = try whiteAutoencoder(X, units: k)
        return (best.Wˢ, best.W)
      }
      mistake("U for V, as in the lecture") { X, k in
        let svd = SVD(X).truncated(to: k)
        return (.diagonal(svd.σ.map { Double(X.rows).squareRoot() / $0 }) * svd.U.T, svd.U * svd.Σ)
      }
      mistake("centred first") { X, k in try whiteAutoencoder(X.subtractingFromEachRow(X.columnMeans), units: k) }
      mistake("the squares of the singular values") { X, k in
        let svd = SVD(X).truncated(to: k)
        let variances = svd.σ.map { $0 * $0 / Double(X.rows) }
        return (.diagonal(variances.map { 1 / $0 }) * svd.V.T, svd.V * .diagonal(variances))
      }
      mistake("the smallest components") { X, k in
        let svd = SVD(X)
        let r = svd.rank()
        let last = Matrix<Double>.identity(svd.σ.count)[columns: r - k..<r]
        let scale = svd.σ[r - k..<r].map { $0 / Double(X.rows).squareRoot() }
        return (.diagonal(scale.map { 1 / $0 }) * (svd.V * last).T, svd.V * last * .diagonal(scale))
      }
      mistake("one unit too few") { X, k in
        let best = try whiteAutoencoder(X, units: max(1, k - 1))
        return (
          Matrix(rows: k, columns: X.columns) { j, i in j < best.W.rows ? best.W[j, i] : 0 },
          Matrix(rows: X.columns, columns: k) { i, j in j < best.W.rows ? best.Wˢ[i, j] : 0 }
        )
      }
    },
    Trial("farthestDirection", farthestDirection) { mistake in
      mistake("the direction that fits best") { A, B in
        let (P, Q) = (QR(A).Q, QR(B).Q)
        return P * SVD(Q.T * P).V.column(0)
      }
      mistake("the bases taken for orthonormal") { A, B in
        unit(A * SVD(A - B * (B.T * A)).V.column(0))
      }
      mistake("only the basis of A made orthonormal") { A, B in
        let P = QR(A).Q
        return P * SVD(P - B * (B.T * P)).V.column(0)
      }
      mistake("what B has and A misses") { A, B in try farthestDirection(of: B, from: A) }
      mistake("the part of it that B misses") { A, B in
        let Q = QR(B).Q
        let v = try farthestDirection(of: A, from: B)
        return unit(zip(v, Q * (Q.T * v)).map { $0 - $1 })
      }
      mistake("its coordinates in the basis of A") { A, B in
        let (P, Q) = (QR(A).Q, QR(B).Q)
        return SVD(P - Q * (Q.T * P)).V.column(0)
      }
      mistake("not of unit length") { A, B in A * (A.pseudoInverse() * (A * [Double](repeating: 1, count: A.columns))) }
      mistake("the column of A that is farthest") { A, B in
        let Q = QR(B).Q
        let columns = (0..<A.columns).map { unit(A.column($0)) }
        return columns.max { norm(Q.T * $0) > norm(Q.T * $1) } ?? []
      }
      mistake("the longest column") { A, B in
        unit((0..<A.columns).map { A.column($0) }.max { norm($0) < norm($1) } ?? [])
      }
    },
    Trial("criticalPoint", criticalPoint) { mistake in
      mistake("Σ (i_j − j), which does not see ties, nor units that are off") { λ, chosen, k in
        let right = try criticalPoint(eigenvalues: λ, chosen: chosen, units: k)
        return (right.loss, zip(chosen, 0...).map { $0 - $1 }.reduce(0, +))
      }
      mistake("j counted from 1, i from 0") { λ, chosen, k in
        let right = try criticalPoint(eigenvalues: λ, chosen: chosen, units: k)
        return (right.loss, right.down - chosen.count)
      }
      mistake("units that are off not counted") { λ, chosen, k in
        let all = try criticalPoint(eigenvalues: λ, chosen: chosen, units: chosen.count)
        return (all.loss, all.down)
      }
      mistake("one way down for each unit that is off") { λ, chosen, k in
        let on = try criticalPoint(eigenvalues: λ, chosen: chosen, units: chosen.count)
        return (on.loss, on.down + k - chosen.count)
      }
      mistake("one unit that is off counted for all") { λ, chosen, k in
        try criticalPoint(eigenvalues: λ, chosen: chosen, units: min(k, chosen.count + 1))
      }
      mistake("switched on along eigenvalues that are 0") { λ, chosen, k in
        let on = try criticalPoint(eigenvalues: λ, chosen: chosen, units: chosen.count)
        return (on.loss, on.down + (k - chosen.count) * (λ.count - chosen.count))
      }
      mistake("equal eigenvalues counted") { λ, chosen, k in
        let slightly = λ.indices.map { λ[$0] * (1 - 1e-3 * Double($0)) }
        let right = try criticalPoint(eigenvalues: λ, chosen: chosen, units: k)
        return (right.loss, try criticalPoint(eigenvalues: slightly, chosen: chosen, units: k).down)
      }
      mistake("uphill taken for downhill") { λ, chosen, k in
        let leftOut = λ.indices.filter { !chosen.contains($0) }
        let right = try criticalPoint(eigenvalues: λ, chosen: chosen, units: k)
        return (right.loss, chosen.map { i in leftOut.count { λ[$0] < λ[i] } }.reduce(0, +))
      }
      mistake("all larger eigenvalues counted, chosen or not") { λ, chosen, k in
        let right = try criticalPoint(eigenvalues: λ, chosen: chosen, units: k)
        return (right.loss, right.down + chosen.count * (chosen.count - 1) / 2)
      }
      mistake("the loss without its ½") { λ, chosen, k in
        let right = try criticalPoint(eigenvalues: λ, chosen: chosen, units: k)
        return (2 * right.loss, right.down)
      }
      mistake("what the chosen ones hold for the loss") { λ, chosen, k in
        let right = try criticalPoint(eigenvalues: λ, chosen: chosen, units: k)
        return (0.5 * λ.sum() - right.loss, right.down)
      }
      mistake("the loss of the leading set") { λ, chosen, k in
        let right = try criticalPoint(eigenvalues: λ, chosen: chosen, units: k)
        return (0.5 * λ.dropFirst(chosen.count).sum(), right.down)
      }
    },
  ]
}

private func unit(_ v: [Double]) -> [Double] {
  let length = norm(v)
  return v.map { $0 / length }
}
