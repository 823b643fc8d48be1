extension RandomStream {
  /// A number from the normal distribution of mean 0 and variance 1.
  ///
  /// Numbers come in pairs (Box & Muller 1958): with u uniform in (0, 1] and v in [0, 1),
  /// √(−2 log u)·cos 2πv and √(−2 log u)·sin 2πv are independent and normal. Two outputs of the generator make a pair;
  /// its second number is kept for the next call. The largest magnitude is √(2·53 ln 2) ≈ 8.57, beyond which one normal
  /// number in 10¹⁷ would lie.
  public mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    var u = SIMD8<Double>(repeating: uniform())
    var v = SIMD8<Double>(repeating: uniform())
    transformToNormal(&u, &v)
    spareNormal = v[0]
    return u[0]
  }

  /// Fills `A`, row by row, with independent normal numbers, μ + σz with z = ``normal()``. Allocates nothing.
  ///
  /// Entry for entry the numbers are those that ``normal()`` would give. For `Float` they are the same numbers, rounded.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func fillNormal<Element: Scalar>(
    _ A: inout Matrix<Element>, mean μ: Element = 0, standardDeviation σ: Element = 1
  ) {
    precondition(σ >= 0, "a standard deviation cannot be \(σ)")
    let (mean, deviation) = (Double(μ), Double(σ))
    A.withUnsafeMutableElements { entries in
      guard let a = entries.baseAddress else { return }
      forEachNormal(entries.count) { i, z in a[i] = Element(mean.addingProduct(deviation, z)) }
    }
  }

  /// Adds independent normal numbers to the entries of `A`, row by row: a + σz with z = ``normal()``. Allocates nothing.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func addNormal<Element: Scalar>(to A: inout Matrix<Element>, standardDeviation σ: Element) {
    precondition(σ >= 0, "a standard deviation cannot be \(σ)")
    let deviation = Double(σ)
    A.withUnsafeMutableElements { entries in
      guard let a = entries.baseAddress else { return }
      forEachNormal(entries.count) { i, z in a[i] = Element(Double(a[i]).addingProduct(deviation, z)) }
    }
  }

  /// Hands the next `count` normal numbers to `use`, eight pairs at a time where there are as many.
  @inline(__always)
  private mutating func forEachNormal(_ count: Int, _ use: (_ i: Int, _ z: Double) -> Void) {
    var i = 0
    if spareNormal != nil, i < count {
      use(i, normal())
      i += 1
    }
    // Sixteen are drawn before those before them are transformed: a vector that is loaded at once would wait until its
    // numbers, stored one by one, have arrived.
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 32) { numbers in
      guard var next = numbers.baseAddress else { return }
      var z = next + 16
      if i + 16 <= count { fillUniform(next, count: 16) }
      while i + 16 <= count {
        swap(&z, &next)
        if i + 32 <= count { fillUniform(next, count: 16) }
        var pair = UnsafeRawPointer(z).loadUnaligned(as: SIMD16<Double>.self)
        var (u, v) = (pair.evenHalf, pair.oddHalf)
        transformToNormal(&u, &v)
        (pair.evenHalf, pair.oddHalf) = (u, v)
        for k in 0..<16 { use(i + k, pair[k]) }
        i += 16
      }
    }
    while i < count {
      use(i, normal())
      i += 1
    }
  }
}

/// Box & Muller: from uniform numbers `u`, `v` in [0, 1) to two independent normal numbers in their place.
private func transformToNormal(_ u: inout SIMD8<Double>, _ v: inout SIMD8<Double>) {
  var radius = 1 - u  // exact, and not 0
  radius.formLog()
  radius *= -2
  // Of a magnitude the compiler knows that it is not negative: one vector instruction instead of eight calls.
  for lane in 0..<8 { radius[lane] = radius[lane].magnitude.squareRoot() }
  var sine = SIMD8<Double>()
  v.formCosine(ofTurnsWithSine: &sine)
  u = radius * v
  v = radius * sine
}

extension Matrix {
  /// A matrix of independent normal numbers; see ``RandomStream/fillNormal(_:mean:standardDeviation:)``.
  public static func normal(
    rows: Int, columns: Int, mean: Element = 0, standardDeviation: Element = 1, using stream: inout RandomStream
  ) -> Matrix {
    var A = Matrix(rows: rows, columns: columns)
    stream.fillNormal(&A, mean: mean, standardDeviation: standardDeviation)
    return A
  }
}
