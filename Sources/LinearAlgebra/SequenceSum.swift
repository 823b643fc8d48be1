extension Sequence where Element: Scalar {
  /// Σ xᵢ, from the first to the last.
  @inlinable public func sum() -> Element { reduce(0, +) }
}
