import LinearAlgebra

/// How much there is of an example and how much of noise in x_t = α x₀ + σ ε, ε ~ N(0, I).
public struct NoiseLevel: Equatable, Sendable {
  public let α: Double
  public let σ: Double

  /// - Throws: ``ScheduleError/notPositive(level:name:value:)`` unless α and σ, and their squares, are positive numbers.
  public init(α: Double, σ: Double) throws(ScheduleError) {
    try self.init(α: α, σ: σ, level: 1)
  }

  init(α: Double, σ: Double, level: Int) throws(ScheduleError) {
    for (name, value) in [("α", α), ("σ", σ)] {
      guard value > 0, (value * value).isNormal else { throw .notPositive(level: level, name: name, value: value) }
    }
    (self.α, self.σ) = (α, σ)
  }

  /// α² / σ².
  public var signalToNoise: Double { α * α / (σ * σ) }

  /// (α, σ) / √(α² + σ²): the level of x_t / √(α² + σ²), which has the variance of the data if that is 1.
  var normalised: (α: Double, σ: Double, scale: Double) {
    let scale = (α * α + σ * σ).squareRoot()
    return (α / scale, σ / scale, scale)
  }
}

/// The noise levels of a diffusion model, t = 1, …, T, from the least noise to the most.
///
/// ```swift
/// let schedule = try NoiseSchedule.variancePreserving(levels: 100)
/// schedule[100].α                     // 0.01: next to nothing of x₀ is left
/// try schedule.thinned(to: 10)        // ten of these levels, the first and the last among them
/// ```
///
/// α and σ are positive, and α²/σ² falls from each level to the next: more noise, and nothing else, is added on the way.
public struct NoiseSchedule: Equatable, Sendable {
  /// The levels; the first one has the least noise.
  public let levels: [NoiseLevel]

  /// The schedule of the given α_t and σ_t, t = 1, …, T.
  ///
  /// - Throws: ``ScheduleError`` if there are none, or not as many of each; if one is not positive; or if α_t²/σ_t² does
  ///   not fall.
  public init(α: [Double], σ: [Double]) throws(ScheduleError) {
    guard α.count == σ.count else { throw .counts(α: α.count, σ: σ.count) }
    guard !α.isEmpty else { throw .noLevels(0) }
    var levels: [NoiseLevel] = []
    for t in 1...α.count {
      levels.append(try NoiseLevel(α: α[t - 1], σ: σ[t - 1], level: t))
      guard t > 1 else { continue }
      let (before, now) = (levels[t - 2].signalToNoise, levels[t - 1].signalToNoise)
      guard now < before else { throw .notFalling(level: t, signalToNoise: now, before: before) }
    }
    self.levels = levels
  }

  /// T levels with α² + σ² = 1 and ratios σ/α in equal proportions from `least` to `greatest`.
  ///
  /// - Throws: ``ScheduleError`` for less than one level, and for ratios that do not grow from a positive one.
  public static func variancePreserving(
    levels T: Int, from least: Double = 0.01, to greatest: Double = 100
  ) throws(ScheduleError) -> NoiseSchedule {
    guard T >= 1 else { throw .noLevels(T) }
    guard least > 0, greatest > least, greatest.isFinite else { throw .ratios(least: least, greatest: greatest) }
    let (low, high) = (Double.log(least), Double.log(greatest))
    let ratios = (0..<T).map { t in
      Double.exp(T == 1 ? low : low + (high - low) * Double(t) / Double(T - 1))
    }
    let α = ratios.map { 1 / (1 + $0 * $0).squareRoot() }
    return try NoiseSchedule(α: α, σ: zip(α, ratios).map { $0 * $1 })
  }

  /// T.
  public var count: Int { levels.count }

  /// Level t, 1 ≤ t ≤ T.
  public subscript(t: Int) -> NoiseLevel {
    precondition(t >= 1 && t <= count, "a schedule of \(count) levels has no level \(t)")
    return levels[t - 1]
  }

  /// `count` of the levels, at distances as equal as whole numbers allow, the first and the last among them; of one, the
  /// last.
  ///
  /// - Throws: ``ScheduleError/noLevels(_:)`` unless there is at least one, ``ScheduleError/tooMany(_:levels:)`` for more
  ///   than there are.
  public func thinned(to count: Int) throws(ScheduleError) -> NoiseSchedule {
    guard count >= 1 else { throw .noLevels(count) }
    guard count <= self.count else { throw .tooMany(count, levels: self.count) }
    let (last, gaps) = (self.count - 1, count - 1)
    let kept = (0..<count).map { levels[gaps == 0 ? last : (2 * $0 * last + gaps) / (2 * gaps)] }
    return try NoiseSchedule(α: kept.map(\.α), σ: kept.map(\.σ))
  }
}

/// Why levels make no schedule.
public enum ScheduleError: Error, Equatable, CustomStringConvertible {
  /// Less than one level was asked for.
  case noLevels(Int)
  /// Not as many α as σ.
  case counts(α: Int, σ: Int)
  /// α or σ of a level, counted from 1, is no positive number, or its square is none.
  case notPositive(level: Int, name: String, value: Double)
  /// From the level before to this one, counted from 1, α²/σ² does not fall.
  case notFalling(level: Int, signalToNoise: Double, before: Double)
  /// Bounds of σ/α that are no growing pair of positive numbers.
  case ratios(least: Double, greatest: Double)
  /// More levels than the schedule has.
  case tooMany(Int, levels: Int)

  public var description: String {
    switch self {
    case .noLevels(let count): "a schedule of \(count) levels leads nowhere: it needs at least one"
    case .counts(let α, let σ): "\(α) numbers α and \(σ) numbers σ make no levels: give one of each for a level"
    case .notPositive(let level, let name, let value):
      "\(name) of level \(level) is \(value), but \(name) and \(name)² must be positive numbers; end near 0, not at 0"
    case .notFalling(let level, let now, let before):
      "α²/σ² is \(now) at level \(level), after \(before): it must fall from level to level, so put the least noise first"
    case .ratios(let least, let greatest):
      "σ/α from \(least) to \(greatest) is no range: it must grow, from a positive number"
    case .tooMany(let count, let levels): "\(count) levels cannot be chosen from \(levels)"
    }
  }
}
