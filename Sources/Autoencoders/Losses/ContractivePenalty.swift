import LinearAlgebra

extension Penalty {
  /// The contractive penalty: Ω = λ · 1/N Σ_n ‖∂h/∂x(x_n)‖_F², summed over all entries of the encoder's Jacobian,
  /// averaged over examples (Rifai et al. 2011).
  ///
  /// It works for encoders of any depth whose units are elementwise (no softmax). One layer of K units and D inputs costs
  /// O(K D + N K) more than the network itself; with layers D → K₁ → K₂ it is O(K₁² D + N K₂ K₁²).
  ///
  /// - Throws: ``ParameterError`` if λ is negative or not finite.
  public static func contractive(_ λ: Element) throws(ParameterError) -> Penalty {
    try ParameterError.check("contraction λ", λ, "at least 0") { $0 >= 0 && $0.isFinite }
    return Penalty(name: "contractive", codeActivation: nil, kind: .contraction(λ))
  }
}
