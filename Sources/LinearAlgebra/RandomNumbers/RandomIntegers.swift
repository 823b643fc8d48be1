extension RandomStream {
  /// An integer uniform in 0 ..< `bound`, without bias (Lemire, *Fast random integer generation in an interval*, 2019).
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "there is no integer from 0 below \(bound)")
    let n = UInt64(bound)
    var product = next().multipliedFullWidth(by: n)
    if product.low < n {
      // 2⁶⁴ mod n values of the low word are too many; they are drawn again.
      let excess = (0 &- n) % n
      while product.low < excess { product = next().multipliedFullWidth(by: n) }
    }
    return Int(product.high)
  }

  /// Puts the elements into random order, all orders being equally likely (Fisher–Yates).
  @_specialize(where Value == Int)
  public mutating func shuffle<Value>(_ values: inout [Value]) {
    values.withUnsafeMutableBufferPointer { values in
      for i in stride(from: values.count - 1, to: 0, by: -1) { values.swapAt(i, integer(below: i + 1)) }
    }
  }

  /// The integers 0 ..< `count` in random order.
  public mutating func permutation(_ count: Int) -> [Int] {
    precondition(count >= 0, "there is no permutation of \(count) elements")
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }
}
