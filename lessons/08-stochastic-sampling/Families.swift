import LinearAlgebra

/// A distribution of one number x with the natural parameter η:
/// p(x|η) = g(x) exp(ηx − A(η)).
struct Family {
  let name: String
  /// log p(x|η) as textbooks write it, with no A in sight.
  let logProbability: (Double, Dual<Double>) -> Dual<Double>
  /// A(η).
  let logPartition: (Dual<Double>) -> Dual<Double>
  /// The mean as a function of η.
  let mean: (Double) -> Double
  /// The values x, each with what it counts in a sum or integral over all of them.
  let support: [(x: Double, weight: Double)]

  /// Σ or ∫ x p(x|η).
  func expectation(_ η: Double) -> Double {
    support.map { x, weight in
      weight * x * Double.exp(logProbability(x, Dual(η)).value)
    }.sum()
  }
}

/// The four families of one number on the page. M is the number of trials of the binomial one.
func families(M: Int) -> [Family] {
  let s = { (η: Dual<Double>) in 1 / (1 + Dual.exp(-η)) }
  let choices = (0...M).map { binomial(M, $0) }
  let softplus = { (η: Dual<Double>) in Dual.log(1 + Dual.exp(η)) }
  return [
    Family(
      name: "Gaussian",
      logProbability: { x, η in
        -(Dual(x) - η) * (Dual(x) - η) / 2 - Dual(Double.log(2 * .pi) / 2)
      },
      logPartition: { η in η * η / 2 }, mean: { $0 },
      support: (-600...600).map { (Double($0) / 40, 1.0 / 40) }),
    Family(
      name: "Bernoulli",
      logProbability: { x, η in
        Dual(x) * Dual.log(s(η)) + Dual(1 - x) * Dual.log(1 - s(η))
      },
      logPartition: softplus, mean: { Double.sigmoid($0) }, support: [(0, 1), (1, 1)]),
    Family(
      name: "Poisson",
      logProbability: { x, η in
        let rate = Dual.exp(η)
        return Dual(x) * Dual.log(rate) - rate
          - Dual(
            (1...40).prefix(Int(x)).reduce(0.0) {
              $0 + Double.log(Double($1))
            })
      },
      logPartition: { Dual.exp($0) }, mean: { Double.exp($0) },
      support: (0...40).map { (Double($0), 1) }),
    Family(
      name: "binomial",
      logProbability: { x, η in
        Dual(Double.log(choices[Int(x)])) + Dual(x) * Dual.log(s(η))
          + Dual(Double(M) - x) * Dual.log(1 - s(η))
      },
      logPartition: { Dual(Double(M)) * softplus($0) },
      mean: { Double(M) * Double.sigmoid($0) },
      support: (0...M).map { (Double($0), 1) }),
  ]
}

/// M over k, by Pascal's rule.
private func binomial(_ M: Int, _ k: Int) -> Double {
  var row = [1.0]
  for _ in 0..<M { row = [1] + zip(row, row.dropFirst()).map { $0 + $1 } + [1] }
  return row[k]
}

/// How many gradient steps of size 1 take one output a from `start` to within a tenth of the
/// target 1.
func steps(from start: Double, gradient: (_ μ: Double) -> Double) -> Int {
  var (a, count) = (start, 0)
  while Double.sigmoid(a) < 0.9 && count < 1_000_000 {
    a -= gradient(Double.sigmoid(a))
    count += 1
  }
  return count
}

/// The same by Adam with its usual memories and steps of 0.1.
func adamSteps(from start: Double, gradient: (_ μ: Double) -> Double) -> Int {
  var (a, m, v, count) = (start, 0.0, 0.0, 0)
  var (first, second) = (1.0, 1.0)
  while Double.sigmoid(a) < 0.9 && count < 1_000_000 {
    let g = gradient(Double.sigmoid(a))
    (m, v) = (0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g)
    (first, second) = (0.9 * first, 0.999 * second)
    a -= 0.1 * m / (1 - first) / ((v / (1 - second)).squareRoot() + 1e-8)
    count += 1
  }
  return count
}
