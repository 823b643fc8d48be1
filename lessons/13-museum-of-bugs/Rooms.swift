// The healthy code of the page once more, with every exhibit in its place. Where a line asks for
// `bug`, the exhibit stands between `?` and `:`, and the healthy code behind. A test takes the
// exhibits out again and compares what is left with the page.
import Autoencoders
import Datasets
import LinearAlgebra

func gradients(
  _ X: Matrix<Double>, _ noisy: Matrix<Double>, _ net: Network, penalty: CodePenalty, bug: Bug?
) -> (loss: Double, gradient: Network) {
  let A = affine(noisy, net.W, net.b)
  let (H, S) = bug == .unbounded ? rectified(A) : logistic(A)
  let output = affine(H, net.Wˢ, net.c)
  let target = bug == .noisyTarget ? noisy : X
  let (Ω, atCode) = penalty(H)
  let atOutput = (sigmoid(output) - target) / Double(X.rows)
  let δ = (atOutput * net.Wˢ + atCode) ⊙ S
  let (w, v) = (δ.T * noisy, atOutput.T * H)
  let (g, gˢ) = bug == .droppedTerm ? (w, w.T) : bug == .untied ? (w, v) : (w + v.T, v + w.T)
  let gradient = Network(W: g, Wˢ: gˢ, b: δ.columnSums, c: atOutput.columnSums)
  return (crossEntropy(output, target) + Ω, gradient)
}

func contraction(
  _ X: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double], λ: Double, bug: Bug?
) -> (Ω: Double, W: Matrix<Double>, b: [Double]) {
  let (H, S) = logistic(affine(X, W, b))
  let (squares, N) = (S ⊙ S, X.rows)
  let (lengths, half) = bug == .summedFirst ? sumSquared(W) : squaresSummed(W)
  let scale = bug == .integerDivision ? λ * Double(2 / N) : λ * 2 / Double(N)
  let own = scale * (Matrix.diagonal(squares.columnSums) * half)
  let through = scale * (squares ⊙ H.map { 1 - 2 * $0 } * Matrix.diagonal(lengths))
  let g = bug == .frozenWeights ? through.T * X : through.T * X + own
  return (λ * dot(squares.columnMeans, lengths), g, through.columnSums)
}

func sparsity(
  _ H: Matrix<Double>, ρ: Double, β: Double, bug: Bug?
) -> (Ω: Double, atCode: Matrix<Double>) {
  let (ρ̂, back) = bug == .wrongAxis ? meansOfExamples(H) : meansOfUnits(H)
  let Ω = ρ̂.map { ρ * .log(ρ / $0) + (1 - ρ) * .log((1 - ρ) / (1 - $0)) }.sum()
  return (β * Ω, back(ρ̂.map { β * ((1 - ρ) / (1 - $0) - ρ / $0) }))
}

func trained(
  _ start: [Double], on X: Matrix<Double>, _ plan: Plan, spoil: Corruption<Double>,
  seed: UInt64, bug: Bug?,
  _ objective: (_ X: Matrix<Double>, _ noisy: Matrix<Double>, _ θ: [Double]) -> (
    loss: Double, gradient: [Double]
  )
) -> (θ: [Double], losses: [Double]) {
  var (orders, noise) = (RandomStream(seed: seed, name: "orders"), RandomStream(seed: seed))
  var (θ, memory, losses) = (start, Memory(start.count), [Double]())
  var spoilt = spoil(X, using: &noise)
  for _ in 0..<plan.epochs {
    let order = orders.permutation(X.rows)
    var total = 0.0
    for first in stride(from: 0, to: X.rows, by: plan.batch) {
      let rows = order[first..<min(first + plan.batch, X.rows)]
      let (clean, noisy) = (gathered(rows, of: X), gathered(rows, of: spoilt))
      let (loss, g) = objective(clean, noisy, θ)
      let rate = bug == .dividedTwice ? plan.rate / Double(rows.count) : plan.rate
      plan.adam ? adamStep(&θ, g, &memory, rate: rate, bug: bug) : (θ = θ .- rate .* g)
      total += loss * Double(rows.count) / Double(X.rows)
    }
    spoilt = bug == .frozenNoise ? spoilt : spoil(X, using: &noise)
    losses.append(total)
  }
  return (θ, losses)
}

func adamStep(
  _ θ: inout [Double], _ g: [Double], _ memory: inout Memory, rate η: Double, bug: Bug?
) {
  let (β1, β2) = (0.9, 0.999)
  (memory.β1ᵗ, memory.β2ᵗ) = (memory.β1ᵗ * β1, memory.β2ᵗ * β2)
  let (p1, p2) = bug == .wrongPower ? (β1, β2) : (memory.β1ᵗ, memory.β2ᵗ)
  for i in θ.indices {
    memory.m[i] = β1 * memory.m[i] + (1 - β1) * g[i]
    memory.v[i] = β2 * memory.v[i] + (1 - β2) * g[i] * g[i]
    θ[i] -= η * (memory.m[i] / (1 - p1)) / ((memory.v[i] / (1 - p2)).squareRoot() + 1e-8)
  }
}

func prepared(
  _ images: LabelledImages, using stream: inout RandomStream, bug: Bug?
) -> (X: Matrix<Double>, labels: [Int]) {
  let order = stream.permutation(images.count)
  let scaled = images.pixels / images.maximum
  let X = bug == .scaledTwice ? scaled / images.maximum : scaled
  let labels = bug == .shiftedLabels ? images.labels : order.map { images.labels[$0] }
  return (gathered(order, of: X), labels)
}

func centred(
  _ training: Matrix<Double>, _ test: Matrix<Double>, bug: Bug?
) -> (training: Matrix<Double>, test: Matrix<Double>) {
  let seen = bug == .leakedMean ? stacked(training, test) : training
  let mean = seen.columnMeans
  return (training.subtractingFromEachRow(mean), test.subtractingFromEachRow(mean))
}

func evaluated(
  _ X: Matrix<Double>, batch: Int, bug: Bug?, _ loss: (Matrix<Double>) -> Double
) -> Double {
  var mean = 0.0
  for first in stride(from: 0, to: X.rows, by: batch) {
    let examples = X[rows: first..<min(first + batch, X.rows)]
    let share = Double(examples.rows) / Double(X.rows)
    mean = bug == .lastBatch ? loss(examples) : mean + share * loss(examples)
  }
  return mean
}

func negativeBound(
  _ X: Matrix<Double>, _ ε: Matrix<Double>, _ net: Coder, bug: Bug?
) -> (loss: Double, gradient: [Double]) {
  let N = Double(X.rows)
  let H = tanh(affine(X, net.up))
  let (μ, s) = (affine(H, net.mean), 20 * tanh(affine(H, net.spread) / 20))
  let power = bug == .logVariance ? 1.0 : 0.5
  let σ = exp(power * s)
  let z = μ + σ ⊙ ε
  let G = tanh(affine(z, net.down))
  let output = affine(G, net.out)
  let weight = bug == .summedDivergence ? 1.0 : bug == .turnedSign ? -1 / N : 1 / N
  let KL = 0.5 * (μ ⊙ μ + exp(s) - s).map { $0 - 1 }.sum
  let toPixels = (sigmoid(output) - X) / N
  let toDown = (toPixels * net.out.W) ⊙ G.map { 1 - $0 * $0 }
  let atCode = toDown * net.down.W
  let toMean = atCode + weight * μ
  let atSpread = power * (atCode ⊙ ε ⊙ σ) + weight / 2 * exp(s).map { $0 - 1 }
  let toSpread = atSpread ⊙ s.map { 1 - $0 * $0 / 400 }
  let toUp = (toMean * net.mean.W + toSpread * net.spread.W) ⊙ H.map { 1 - $0 * $0 }
  let layers = [(toUp, X), (toMean, H), (toSpread, H), (toDown, z), (toPixels, G)]
  let gradient = layers.flatMap { δ, input in (δ.T * input).elements + δ.columnSums }
  return (crossEntropy(output, X) + weight * KL, gradient)
}

func codeNoise(
  _ N: Int, _ k: Int, using stream: inout RandomStream, bug: Bug?
) -> Matrix<Double> {
  let rows = bug == .sharedNoise ? 1 : N
  let ε = Matrix<Double>.normal(rows: rows, columns: k, using: &stream)
  return Matrix(rows: N, columns: k) { ε[$0 % rows, $1] }
}
