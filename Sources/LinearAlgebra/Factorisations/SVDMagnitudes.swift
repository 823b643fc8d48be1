/// The largest magnitudes in the rows and in the columns of a matrix.
struct Magnitudes {
  let rows: [Double]
  let columns: [Double]

  /// - Parameter transposed: whether the rows are those of Aᵀ.
  init(_ A: Matrix<Double>, transposed: Bool) {
    var rows = [Double](repeating: 0, count: A.rows)
    var columns = [Double](repeating: 0, count: A.columns)
    var allFinite = true
    let n = A.columns
    A.elements.withUnsafeBufferPointer { elements in
      columns.withUnsafeMutableBufferPointer { columns in
        guard let elements = elements.baseAddress, let columns = columns.baseAddress else { return }
        for i in rows.indices {
          rows[i] = largestInRow(elements + i * n, n, raising: columns)
          allFinite = allFinite && rows[i].isFinite
        }
      }
    }
    if !allFinite {
      for i in 0..<A.rows {
        for j in 0..<n {
          precondition(A[i, j].isFinite, "no SVD of a matrix whose entry (\(i), \(j)) is \(A[i, j])")
        }
      }
    }
    (self.rows, self.columns) = transposed ? (columns, rows) : (rows, columns)
  }

  var largest: Double { rows.reduce(0) { max($0, $1) } }

  /// The rows from the largest to the smallest, equals in their order.
  var descendingRows: [Int] {
    rows.indices.sorted { (rows[$0], $1) > (rows[$1], $0) }
  }

  var nonzeroColumns: [Int] { columns.indices.filter { columns[$0] > 0 } }

  /// Whether the largest magnitudes in rows other than zero differ by a factor of at most 32 once each column has been
  /// scaled to the same largest magnitude; not if that needs factors larger than ε^(−1/2).
  func isLevel(_ A: Matrix<Double>, transposed: Bool) -> Bool {
    let largest = self.largest
    let smallest = columns.reduce(largest) { $1 > 0 ? min($0, $1) : $0 }
    guard smallest > Double.ulpOfOne.squareRoot() * largest else { return false }
    let factors = columns.map { $0 > 0 ? largest / $0 : 0 }
    var scaled = [Double](repeating: 0, count: rows.count)
    let n = A.columns
    A.elements.withUnsafeBufferPointer { elements in
      factors.withUnsafeBufferPointer { factors in
        scaled.withUnsafeMutableBufferPointer { scaled in
          guard let elements = elements.baseAddress, let factors = factors.baseAddress,
            let scaled = scaled.baseAddress
          else { return }
          for i in 0..<A.rows {
            let row = elements + i * n
            if transposed {
              let factor = factors[i]
              for j in 0..<n {
                let magnitude = abs(row[j]) * factor
                scaled[j] = magnitude > scaled[j] ? magnitude : scaled[j]
              }
            } else {
              scaled[i] = largestProduct(row, factors, n)
            }
          }
        }
      }
    }
    return scaled.allSatisfy { $0 == 0 || $0 >= largest / 32 }
  }
}

/// The largest magnitude of `count` entries, infinite if one is not finite; `columns` are raised to their magnitudes.
@inline(__always)
private func largestInRow(
  _ row: UnsafePointer<Double>, _ count: Int, raising columns: UnsafeMutablePointer<Double>
) -> Double {
  typealias V = SIMD8<Double>
  let lanes = V.scalarCount
  var (largest, invalid) = (V.zero, V.zero)
  var j = 0
  while j + lanes <= count {
    let x = UnsafeRawPointer(row + j).loadUnaligned(as: V.self)
    let magnitude = magnitudes(of: x)
    largest = larger(largest, magnitude)
    invalid.addProduct(x, V())
    let column = UnsafeMutableRawPointer(columns + j)
    column.storeBytes(of: larger(column.loadUnaligned(as: V.self), magnitude), as: V.self)
    j += lanes
  }
  var result: Double = 0
  for lane in 0..<lanes {
    result = largest[lane] > result ? largest[lane] : result
    if invalid[lane] != 0 { result = .infinity }
  }
  while j < count {
    let magnitude = abs(row[j])
    result = magnitude > result ? magnitude : result
    if !magnitude.isFinite { result = .infinity }
    columns[j] = magnitude > columns[j] ? magnitude : columns[j]
    j += 1
  }
  return result
}

/// The largest |aⱼ|·fⱼ.
@inline(__always)
private func largestProduct(
  _ a: UnsafePointer<Double>, _ f: UnsafePointer<Double>, _ count: Int
) -> Double {
  typealias V = SIMD8<Double>
  let lanes = V.scalarCount
  var largest = V.zero
  var j = 0
  while j + lanes <= count {
    let x = UnsafeRawPointer(a + j).loadUnaligned(as: V.self) * UnsafeRawPointer(f + j).loadUnaligned(as: V.self)
    largest = larger(largest, magnitudes(of: x))
    j += lanes
  }
  var result: Double = 0
  for lane in 0..<lanes { result = largest[lane] > result ? largest[lane] : result }
  while j < count {
    let x = abs(a[j]) * f[j]
    result = x > result ? x : result
    j += 1
  }
  return result
}

@inline(__always)
private func magnitudes(of x: SIMD8<Double>) -> SIMD8<Double> {
  x.replacing(with: -x, where: x .< 0)
}

/// The larger of each two lanes. (`pointwiseMax` compiles to calls, lane by lane.)
@inline(__always)
private func larger(_ x: SIMD8<Double>, _ y: SIMD8<Double>) -> SIMD8<Double> {
  x.replacing(with: y, where: y .> x)
}
