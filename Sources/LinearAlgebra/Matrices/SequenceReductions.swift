extension Sequence where Element: Scalar {
  /// Σ xᵢ, from the first to the last.
  @inlinable public func sum() -> Element { reduce(0, +) }

  /// The least xᵢ; NaN if there is one among them, or nothing at all. (The standard library's `min` may skip a NaN.)
  @inlinable public func least() -> Element {
    var least = Element.infinity
    var count = 0
    for x in self {
      if x.isNaN { return x }
      least = Swift.min(least, x)
      count += 1
    }
    return count == 0 ? .nan : least
  }

  /// The greatest xᵢ; NaN if there is one among them, or nothing at all.
  @inlinable public func greatest() -> Element { -lazy.map { -$0 }.least() }
}
