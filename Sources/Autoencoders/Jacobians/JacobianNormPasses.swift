import LinearAlgebra

// The passes over slopes and stacked Jacobians. Each sum has its order: over units, rows and examples from the first to
// the last. Threads share the passes that change matrices.

/// One layer: ‖J_n‖_F² = Σ_j s′(a_nj)² ‖W_j‖².
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func sumsOfScaledLengths<Element: Scalar>(
  _ first: Matrix<Element>, _ lengths: [Element], into squares: inout [Element]
) {
  let (rows, width) = (first.rows, first.columns)
  first.withUnsafeElements { first in
    lengths.withUnsafeBufferPointer { lengths in
      guard let first = first.baseAddress, let lengths = lengths.baseAddress else { return }
      sums(rows, of: width, into: &squares) { sum, n, j in
        let slope = first[n &* width &+ j]
        sum += slope * slope * lengths[j]
      }
    }
  }
}

/// Σ a b over all rows (n, ·), for each n.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func sumsOfProducts<Element: Scalar>(_ A: Matrix<Element>, _ B: Matrix<Element>, into squares: inout [Element]) {
  guard !squares.isEmpty else { return }
  let (rows, width) = (squares.count, A.rows / squares.count * A.columns)
  A.withUnsafeElements { a in
    B.withUnsafeElements { b in
      guard let a = a.baseAddress, let b = b.baseAddress else { return }
      sums(rows, of: width, into: &squares) { sum, n, i in sum += a[n &* width &+ i] * b[n &* width &+ i] }
    }
  }
}

/// Some sums of `width` terms each, from the first term to the last; `add` adds term (sum, place).
///
/// An addition has to wait for the one before it in the same sum, so four sums take turns. (More are not faster: they
/// meet in the same places of the cache, where their terms are pages apart.)
@inline(__always)
private func sums<Element: Scalar>(
  _ count: Int, of width: Int, into sums: inout [Element], _ add: (inout Element, Int, Int) -> Void
) {
  let whole = count - count % 4
  for n in stride(from: 0, to: whole, by: 4) {
    var (s0, s1, s2, s3): (Element, Element, Element, Element) = (0, 0, 0, 0)
    for i in 0..<width {
      add(&s0, n, i)
      add(&s1, n &+ 1, i)
      add(&s2, n &+ 2, i)
      add(&s3, n &+ 3, i)
    }
    (sums[n], sums[n + 1], sums[n + 2], sums[n + 3]) = (s0, s1, s2, s3)
  }
  for n in whole..<count {
    var sum: Element = 0
    for i in 0..<width { add(&sum, n, i) }
    sums[n] = sum
  }
}

/// One layer: ∂/∂W_j = 2c Σ_n s′² W_j, ∂/∂a_nj = 2c s′ s″ ‖W_j‖².
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func addShallowGradient<Element: Scalar>(
  _ c: Element, _ slopes: (first: Matrix<Element>, second: Matrix<Element>), _ W: Matrix<Element>,
  _ lengths: [Element], _ sums: inout [Element], _ gradient: inout Matrix<Element>, _ δ: inout Matrix<Element>
) {
  let (N, K, width) = (δ.rows, W.rows, W.columns)
  slopes.first.withUnsafeElements { first in
    slopes.second.withUnsafeElements { second in
      δ.withUnsafeMutableElements { δ in
        lengths.withUnsafeBufferPointer { lengths in
          sums.withUnsafeMutableBufferPointer { sums in
            guard let first = first.baseAddress, let second = second.baseAddress, let δ = δ.baseAddress,
              let lengths = lengths.baseAddress, let sums = sums.baseAddress
            else { return }
            sums.update(repeating: 0, count: K)
            for n in 0..<N {
              let (first, second, δ) = (first + n &* K, second + n &* K, δ + n &* K)
              for j in 0..<K {
                sums[j] += first[j] * first[j]
                δ[j] += 2 * c * first[j] * second[j] * lengths[j]
              }
            }
          }
        }
      }
    }
  }
  W.withUnsafeElements { W in
    gradient.withUnsafeMutableElements { gradient in
      guard let startW = W.baseAddress, let start = gradient.baseAddress else { return }
      nonisolated(unsafe) let (W, gradient, sums) = (startW, start, sums)
      Parallelism.forEachPart(of: K, least: Parallelism.rows(of: width)) { part in
        for j in part {
          let (factor, W, gradient) = (2 * c * sums[j], W + j &* width, gradient + j &* width)
          for i in 0..<width { gradient[i] += factor * W[i] }
        }
      }
    }
  }
}

/// Row (n, k) of B ← row k of W times d[n, k], its column j times e[n, j].
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func scale<Element: Scalar>(
  _ W: Matrix<Element>, rowsBy d: Matrix<Element>, columnsBy e: Matrix<Element>, into B: inout Matrix<Element>
) {
  let (N, K, width) = (d.rows, W.rows, W.columns)
  B.withUnsafeMutableElements { B in
    W.withUnsafeElements { W in
      d.withUnsafeElements { d in
        e.withUnsafeElements { e in
          guard let startB = B.baseAddress, let startW = W.baseAddress, let startD = d.baseAddress,
            let startE = e.baseAddress
          else { return }
          nonisolated(unsafe) let (B, W, d, e) = (startB, startW, startD, startE)
          Parallelism.forEachPart(of: N * K, least: Parallelism.rows(of: width)) { part in
            for row in part {
              let (n, k) = row.quotientAndRemainder(dividingBy: K)
              let (b, w, e, d) = (B + row &* width, W + k &* width, e + n &* width, d[row])
              for j in 0..<width { b[j] = d * w[j] * e[j] }
            }
          }
        }
      }
    }
  }
}

/// Row (n, ·) of B ← that of M, its column j times e[n, j].
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func scale<Element: Scalar>(_ M: Matrix<Element>, columnsBy e: Matrix<Element>, into B: inout Matrix<Element>) {
  let (rows, width, rowsEach) = (M.rows, M.columns, M.rows / e.rows)
  B.withUnsafeMutableElements { B in
    M.withUnsafeElements { M in
      e.withUnsafeElements { e in
        guard let startB = B.baseAddress, let startM = M.baseAddress, let startE = e.baseAddress else { return }
        nonisolated(unsafe) let (B, M, e) = (startB, startM, startE)
        Parallelism.forEachPart(of: rows, least: Parallelism.rows(of: width)) { part in
          for row in part {
            let (b, m, e) = (B + row &* width, M + row &* width, e + row / rowsEach &* width)
            for j in 0..<width { b[j] = m[j] * e[j] }
          }
        }
      }
    }
  }
}

/// B = M D, D the slopes of the layer below, has the gradient R: ∂/∂a = s″ Σ_k R ⊙ M is added to δ, and R ← ∂/∂M = R D.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func backward<Element: Scalar>(
  _ R: inout Matrix<Element>, _ M: Matrix<Element>, _ slopes: (first: Matrix<Element>, second: Matrix<Element>),
  to δ: inout Matrix<Element>
) {
  let (rows, width, rowsEach) = (R.rows, R.columns, R.rows / δ.rows)
  R.withUnsafeMutableElements { R in
    M.withUnsafeElements { M in
      slopes.first.withUnsafeElements { first in
        slopes.second.withUnsafeElements { second in
          δ.withUnsafeMutableElements { δ in
            guard let startR = R.baseAddress, let startM = M.baseAddress, let startFirst = first.baseAddress,
              let startSecond = second.baseAddress, let startδ = δ.baseAddress
            else { return }
            nonisolated(unsafe) let (R, M, first, second, δ) = (startR, startM, startFirst, startSecond, startδ)
            Parallelism.forEachPart(of: width, least: Parallelism.rows(of: rows)) { part in
              for row in 0..<rows {
                let n = row / rowsEach
                let (r, m) = (R + row &* width, M + row &* width)
                let (first, second, δ) = (first + n &* width, second + n &* width, δ + n &* width)
                for j in part {
                  δ[j] += second[j] * (r[j] * m[j])
                  r[j] *= first[j]
                }
              }
            }
          }
        }
      }
    }
  }
}

/// The same where row (n, k) of M is d[n, k] · row k of W: R ← ∂/∂M, and ∂/∂W_k = Σ_n d ∂/∂M is added to `gradient`.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func backwardThroughTop<Element: Scalar>(
  _ R: inout Matrix<Element>, _ W: Matrix<Element>, _ d: Matrix<Element>,
  _ slopes: (first: Matrix<Element>, second: Matrix<Element>), to gradient: inout Matrix<Element>,
  _ δ: inout Matrix<Element>
) {
  let (rows, K, width) = (R.rows, W.rows, W.columns)
  R.withUnsafeMutableElements { R in
    W.withUnsafeElements { W in
      d.withUnsafeElements { d in
        slopes.first.withUnsafeElements { first in
          slopes.second.withUnsafeElements { second in
            gradient.withUnsafeMutableElements { gradient in
              δ.withUnsafeMutableElements { δ in
                guard let startR = R.baseAddress, let startW = W.baseAddress, let startD = d.baseAddress,
                  let startδ = δ.baseAddress, let startFirst = first.baseAddress,
                  let startSecond = second.baseAddress, let start = gradient.baseAddress
                else { return }
                nonisolated(unsafe) let (R, W, d, gradient) = (startR, startW, startD, start)
                nonisolated(unsafe) let (first, second, δ) = (startFirst, startSecond, startδ)
                Parallelism.forEachPart(of: width, least: Parallelism.rows(of: rows)) { part in
                  for row in 0..<rows {
                    let (n, k) = row.quotientAndRemainder(dividingBy: K)
                    let (r, w, g, d) = (R + row &* width, W + k &* width, gradient + k &* width, d[row])
                    let (first, second, δ) = (first + n &* width, second + n &* width, δ + n &* width)
                    for j in part {
                      δ[j] += second[j] * (r[j] * (d * w[j]))
                      r[j] *= first[j]
                      g[j] += d * r[j]
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

/// Row (n, k) of R · row k of W.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func inner<Element: Scalar>(_ R: Matrix<Element>, _ W: Matrix<Element>, into products: inout [Element]) {
  let (rows, K, width) = (R.rows, W.rows, W.columns)
  R.withUnsafeElements { R in
    W.withUnsafeElements { W in
      guard let R = R.baseAddress, let W = W.baseAddress else { return }
      sums(rows, of: width, into: &products) { sum, row, j in sum += R[row &* width &+ j] * W[row % K &* width &+ j] }
    }
  }
}

/// δ ← δ + d ⊙ x, x row after row.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func addProducts<Element: Scalar>(_ d: Matrix<Element>, _ x: [Element], to δ: inout Matrix<Element>) {
  δ.withUnsafeMutableElements { δ in
    d.withUnsafeElements { d in
      x.withUnsafeBufferPointer { x in
        guard let δ = δ.baseAddress, let d = d.baseAddress, let start = x.baseAddress else { return }
        for i in 0..<x.count { δ[i] += d[i] * start[i] }
      }
    }
  }
}
