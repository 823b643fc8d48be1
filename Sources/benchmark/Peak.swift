import LinearAlgebra

/// The most multiply-adds that one core does: what no product can exceed.
struct Peak {
  /// Floating-point operations a second, a multiply-add being two.
  let float: Double
  let double: Double

  init(float: Double, double: Double) { (self.float, self.double) = (float, double) }

  /// Measures, and takes the best of several tries: every disturbance makes it lower.
  init(clock: Clock, tries: Int) {
    float = Peak.operationsPerSecond(Float.self, clock, tries)
    double = Peak.operationsPerSecond(Double.self, clock, tries)
  }

  func of(_ precision: Precision) -> Double { precision == .float ? float : double }

  /// Chains that do not wait for each other: a dozen hide the latency where a vector is one register, six fit into the
  /// registers where it is two or four.
  private static func operationsPerSecond<Element: Scalar>(_: Element.Type, _ clock: Clock, _ tries: Int) -> Double {
    var best = 0.0
    let rounds = 1_000_000
    // In memory: as arguments, vectors would be cut in halves.
    let factors = opaque([0.5, 0.25].map { Element.Vector(repeating: $0) })
    var c = (0..<12).map { Element.Vector(repeating: Element($0)) }
    for _ in 0..<tries {
      let many = clock.seconds { twelveChains(factors, &c, rounds, Element.self) }
      let few = clock.seconds { sixChains(factors, &c, rounds, Element.self) }
      let operations = 2 * Double(rounds * Element.Vector.scalarCount)
      best = max(best, 12 * operations / many, 6 * operations / few)
    }
    _ = opaque(c)
    return best
  }
}

enum Precision: String {
  case float = "Float"
  case double = "Double"
}

/// Returns `value`, of which the compiler then knows nothing: work on it is not done in advance, and work whose result is
/// handed over is not left out.
@_optimize(none)
func opaque<Value>(_ value: Value) -> Value { value }

/// `rounds` multiply-adds c_i ← c_i + a b for each of twelve c_i.
@inline(never)
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func twelveChains<Element: Scalar>(
  _ factors: [Element.Vector], _ c: inout [Element.Vector], _ rounds: Int, _: Element.Type
) {
  let (a, b) = (factors[0], factors[1])
  var (c0, c1, c2, c3, c4, c5) = (c[0], c[1], c[2], c[3], c[4], c[5])
  var (c6, c7, c8, c9, c10, c11) = (c[6], c[7], c[8], c[9], c[10], c[11])
  for _ in 0..<rounds {
    c0.addProduct(a, b)
    c1.addProduct(a, b)
    c2.addProduct(a, b)
    c3.addProduct(a, b)
    c4.addProduct(a, b)
    c5.addProduct(a, b)
    c6.addProduct(a, b)
    c7.addProduct(a, b)
    c8.addProduct(a, b)
    c9.addProduct(a, b)
    c10.addProduct(a, b)
    c11.addProduct(a, b)
  }
  (c[0], c[1], c[2], c[3], c[4], c[5]) = (c0, c1, c2, c3, c4, c5)
  (c[6], c[7], c[8], c[9], c[10], c[11]) = (c6, c7, c8, c9, c10, c11)
}

/// The same for six.
@inline(never)
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func sixChains<Element: Scalar>(
  _ factors: [Element.Vector], _ c: inout [Element.Vector], _ rounds: Int, _: Element.Type
) {
  let (a, b) = (factors[0], factors[1])
  var (c0, c1, c2, c3, c4, c5) = (c[0], c[1], c[2], c[3], c[4], c[5])
  for _ in 0..<rounds {
    c0.addProduct(a, b)
    c1.addProduct(a, b)
    c2.addProduct(a, b)
    c3.addProduct(a, b)
    c4.addProduct(a, b)
    c5.addProduct(a, b)
  }
  (c[0], c[1], c[2], c[3], c[4], c[5]) = (c0, c1, c2, c3, c4, c5)
}
