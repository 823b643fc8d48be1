/// The reduction S = QTQᵀ of a symmetric matrix to a tridiagonal T by Householder reflections.
struct Tridiagonalisation<Element: Scalar>: ~Copyable {
  /// The diagonal of T.
  let diagonal: [Element]
  /// The entries beside the diagonal: entry i stands in rows i and i + 1.
  let offDiagonal: [Element]
  /// Column k, zero above entry k + 1, is the vector of reflection k.
  private let reflectors: ContiguousColumns<Element>
  /// Reflection k is I − τₖvₖvₖᵀ.
  private let τ: [Element]

  /// Reduces `S`, given by all of its columns, with entries whose squares do not overflow. 8n³/3 operations.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  init(_ S: consuming ContiguousColumns<Element>) {
    let n = S.count
    let reflectors = ContiguousColumns<Element>(length: n, count: n)
    let work = ContiguousColumns<Element>(length: n, count: 1)
    var diagonal: [Element] = []
    var offDiagonal: [Element] = []
    var τ: [Element] = []
    for k in 0..<n {
      let column = S.entries(k)
      diagonal.append(column[k])
      guard k + 1 < n else { break }
      // The reflection that turns what is below the diagonal of column k into a multiple of the first unit vector.
      var square: Element = 0
      for i in k + 1..<n { square.addProduct(column[i], column[i]) }
      var unit: Element = 1
      if square < Element.leastNormalMagnitude / Element.ulpOfOne {
        // The squares underflow: those of the entries over a power of two.
        let largest = (k + 1..<n).reduce(0) { max($0, abs(column[$1])) }
        guard largest > 0 else {
          offDiagonal.append(0)
          τ.append(0)
          continue
        }
        unit = .powerOfTwo(Int(largest.exponent))
        square = 0
        for i in k + 1..<n { square.addProduct(column[i] / unit, column[i] / unit) }
      }
      let v = reflectors.entries(k)
      let α = column[k + 1] / unit
      let norm = square.squareRoot()
      let β = α < 0 ? norm : -norm
      let reflection = (β - α) / β
      for i in k + 2..<max(n, k + 2) { v[i] = column[i] / unit / (α - β) }
      v[k + 1] = 1
      offDiagonal.append(unit * β)
      τ.append(reflection)

      // S ← HSH = S − vwᵀ − wvᵀ, where w = τSv − (τ²vᵀSv/2)v, in rows and columns from k + 1 on.
      let (V, w, first) = (reflectors[k], work[0], (k + 1) / Element.Vector.scalarCount)
      for i in first..<S.stride { w[i] = .zero }
      for j in k + 1..<n {
        let factor = Element.Vector(repeating: reflection * v[j])
        let x = S[j]
        for i in first..<S.stride { w[i].addProduct(factor, x[i]) }
      }
      let entries = work.entries(0)
      var product: Element = 0
      for i in k + 1..<n { product.addProduct(v[i], entries[i]) }
      let half = Element.Vector(repeating: -reflection * product / 2)
      for i in first..<S.stride { w[i].addProduct(half, V[i]) }
      for j in k + 1..<n {
        let (a, b) = (Element.Vector(repeating: -v[j]), Element.Vector(repeating: -entries[j]))
        let x = S[j]
        for i in first..<S.stride { x[i] = x[i].addingProduct(a, w[i]).addingProduct(b, V[i]) }
      }
    }
    self.diagonal = diagonal
    self.offDiagonal = offDiagonal
    self.reflectors = reflectors
    self.τ = τ
  }

  /// The columns of Q = H₀H₁⋯. 4n³/3 operations.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func basis() -> ContiguousColumns<Element> {
    let n = reflectors.count
    // The columns of Qᵀ = ⋯H₁H₀, from the right: Qᵀ ← QᵀHₖ = Qᵀ − τ(Qᵀv)vᵀ, by multiples of whole columns.
    let transpose = ContiguousColumns<Element>.identity(length: n, count: n)
    let work = ContiguousColumns<Element>(length: n, count: 1)
    let w = work[0]
    for k in τ.indices.reversed() where τ[k] != 0 {
      let v = reflectors.entries(k)
      // Columns and rows up to k are still those of the identity.
      let first = (k + 1) / Element.Vector.scalarCount
      for i in first..<work.stride { w[i] = .zero }
      for j in k + 1..<n {
        let factor = Element.Vector(repeating: τ[k] * v[j])
        let x = transpose[j]
        for i in first..<work.stride { w[i].addProduct(factor, x[i]) }
      }
      for j in k + 1..<n {
        let factor = Element.Vector(repeating: -v[j])
        let x = transpose[j]
        for i in first..<work.stride { x[i].addProduct(factor, w[i]) }
      }
    }
    let Q = ContiguousColumns<Element>(length: n, count: n)
    for j in 0..<n {
      let column = Q.entries(j)
      for i in 0..<n { column[i] = transpose.entries(i)[j] }
    }
    return Q
  }
}
