import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

// Denoisers of numbers: functions that can be drawn beside the identity.

/// A function of one number, evaluated at many.
typealias Curve = ([Double]) -> [Double]

/// r(x̃) = E[x | x̃] for data that are the given points, each as likely as the other.
func bestDenoiser(of points: [Double], σ: Double) -> Curve {
  let column = Matrix(rows: points.count, columns: 1, elements: points)
  return { x in
    weightedMean(of: column, at: Matrix(rows: x.count, columns: 1, elements: x), σ: σ).elements
  }
}

/// A network with one input and one output as a function.
func curve(of network: Denoiser) -> Curve {
  { x in network(Matrix(rows: x.count, columns: 1, elements: x)).elements }
}

/// Where r crosses the identity between −0.75 and 0.75, by interpolation on a grid of 0.0005.
func crossings(of r: Curve) -> [Double] {
  let x = (0...3000).map { -0.75 + 0.0005 * Double($0) }
  let above = r(x) .- x
  var places: [Double] = []
  for i in 1..<x.count where (above[i - 1] < 0) != (above[i] < 0) {
    let share = above[i] / (above[i] - above[i - 1])
    places.append(x[i] - share * (x[i] - x[i - 1]))
  }
  return places
}

/// r′(x) by central differences.
func slope(of r: Curve, at x: Double) -> Double {
  let y = r([x - 1e-4, x + 1e-4])
  return (y[1] - y[0]) / 2e-4
}

/// The best and the learnt curve beside the identity, and the best one's arrows r(x̃) − x̃ below.
func comparison(_ title: String, best: Curve, learnt: Curve) -> Plot {
  let x = (0...150).map { -0.75 + 0.01 * Double($0) }
  let feet = (0...14).map { -0.7 + 0.1 * Double($0) }
  return Plot(
    title, x: Axis("x̃", range: -0.8...0.8), y: Axis("r(x̃)", range: -0.8...0.8), aspect: .equal
  ) {
    Line(x: [-0.8, 0.8], y: [-0.8, 0.8], name: "identity")
    Line(x: x, y: best(x), name: "best")
    Line(x: x, y: learnt(x), name: "network")
    Arrows(
      x: feet, y: feet.map { _ in -0.72 }, dx: best(feet) .- feet, dy: feet.map { _ in 0 },
      name: "r(x̃) − x̃")
  }
}

/// The mean square difference of two curves under p_σ, the density of the points with noise σ.
func difference(_ a: Curve, _ b: Curve, points: [Double], σ: Double) -> Double {
  let x = (-150...150).map { 0.01 * Double($0) }
  let p = x.map { x in
    points.map { Double.exp(-(x - $0) * (x - $0) / (2 * σ * σ)) }.sum()
  }
  let d = a(x) .- b(x)
  return dot(d .* d, p) / p.sum()
}

/// The best denoiser of two points ±a.
func twoPoints(_ proof: inout Proof) {
  let (a, σ) = (0.5, 0.3)
  let x = (0..<41).map { -1 + 0.05 * Double($0) }
  let pair = GaussianMixture(means: [[-0.5], [0.5]], σ: 0)
  proof.start(
    #"r(x) = \operatorname{E}[x \mid \tilde x = x]"#,
    pair.posteriorMean(given: Matrix(rows: 41, columns: 1, elements: x), σ: σ).elements)
  proof.equals(
    #"a \frac{e^{-(x - a)^2 / 2\sigma^2} - e^{-(x + a)^2 / 2\sigma^2}}"#
      + #"{e^{-(x - a)^2 / 2\sigma^2} + e^{-(x + a)^2 / 2\sigma^2}}"#,
    because: "Bayes, with the prior probabilities ½",
    x.map { x in
      let right = Double.exp(-(x - a) * (x - a) / (2 * σ * σ))
      let left = Double.exp(-(x + a) * (x + a) / (2 * σ * σ))
      return a * (right - left) / (right + left)
    })
  proof.equals(
    #"a \tanh(a x / \sigma^2)"#, because: #"divide by $e^{-(x^2 + a^2) / 2 \sigma^2}$"#,
    x.map { a * Double.tanh(a * $0 / (σ * σ)) })
}

/// The slope of the best denoiser of a set of points.
func slopeIsVariance(_ proof: inout Proof) {
  let (points, σ) = ([-0.5, 0, 0.5], 0.2)
  let x = (0..<29).map { -0.7 + 0.05 * Double($0) }
  func mean(_ x: Double, _ f: (Double) -> Double) -> Double {
    let weights = points.map { Double.exp(-(x - $0) * (x - $0) / (2 * σ * σ)) }
    return zip(weights, points).map { $0 * f($1) }.sum() / weights.sum()
  }
  func r(_ x: Double) -> Double { mean(x) { $0 } }
  proof.start(#"r'(x)"#, x.map { (r($0 + 1e-5) - r($0 - 1e-5)) / 2e-5 })
  proof.equals(
    #"\sum_n x_n\, p(x_n \mid x) \frac{x_n - r(x)}{\sigma^2}"#,
    because: #"the derivative of $p(x_n \mid x)$ is $p(x_n \mid x) (x_n - r(x)) / \sigma^2$"#,
    x.map { x in mean(x) { $0 * ($0 - r(x)) } / (σ * σ) }, within: 1e-7)
  proof.equals(
    #"\operatorname{Var}[x_n \mid x] / \sigma^2"#,
    because: #"$\operatorname{E}[x_n (x_n - r)] = \operatorname{E}[x_n^2] - r^2$"#,
    x.map { x in mean(x) { ($0 - r(x)) * ($0 - r(x)) } / (σ * σ) })
}
