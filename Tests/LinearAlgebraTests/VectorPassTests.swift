import Testing

@testable import LinearAlgebra

/// Passes by vectors against the loops over entries that they stand for: the same bits.
@Suite struct VectorPassTests {
  @Test(arguments: [0, 1, 3, 511, 512, 513, 1500])
  func changesTakeTheNumbersOfTheStreamInOrder(count: Int) {
    var (stream, other) = (RandomStream(seed: 3), RandomStream(seed: 3))
    var A = Matrix<Double>(rows: 1, columns: count, repeating: 2)
    stream.change(&A) { a, u in a + u }
    #expect(A.elements == (0..<count).map { _ in 2 + other.uniform() })
    #expect(stream == other)
  }

  @Test(arguments: [1, 2, 7, 8, 15, 16, 17, 33, 100])
  func rowsGetTheVectorAdded(columns: Int) {
    var stream = RandomStream(seed: 4)
    func check<Element: Scalar>(_ type: Element.Type) {
      let A: Matrix<Element> = .normal(rows: 5, columns: columns, using: &stream)
      let v = Matrix<Element>.normal(rows: 1, columns: columns, using: &stream).elements
      var sum = A
      sum.addToEachRow(v)
      #expect(sum == Matrix(rows: 5, columns: columns) { i, j in A[i, j] + v[j] })
    }
    check(Double.self)
    check(Float.self)
  }

  @Test(arguments: [0, 1, 7, 8, 9, 16, 31, 100])
  func functionsOfAMatrixAreThoseOfItsEntries(count: Int) {
    var stream = RandomStream(seed: 5)
    func check<Element: Scalar>(_ type: Element.Type) {
      let A: Matrix<Element> = .normal(rows: 1, columns: count, standardDeviation: 3, using: &stream)
      let functions: [(LinearAlgebra.ElementaryFunction, (Element) -> Element)] = [
        (.exp, Element.exp), (.log, Element.log), (.tanh, Element.tanh), (.sigmoid, Element.sigmoid),
        (.softplus, Element.softplus), (.sin, Element.sin), (.cos, Element.cos),
      ]
      for (name, function) in functions {
        var B = Matrix<Element>(rows: 1, columns: count)
        B.update(from: A, applying: name)
        for (b, a) in zip(B.elements, A.elements) {
          #expect(b == function(a) || b.isNaN && function(a).isNaN, "\(name) \(a)")
        }
      }
    }
    check(Double.self)
    check(Float.self)
  }
}
