infix operator .+ : AdditionPrecedence
infix operator .- : AdditionPrecedence
infix operator .* : MultiplicationPrecedence

// Lists of numbers as vectors. `+` would be taken: of two arrays it is the longer array. The dot is the one that the standard
// library gives to what it does entry by entry, as in `.==`.
// (Sharing `*` and `⊙` with numbers and matrices would make their formulas take minutes to compile.)

/// x + y, entry by entry.
@inlinable public func .+ <Element: Scalar>(x: [Element], y: [Element]) -> [Element] { x.combined(with: y) { $0 + $1 } }

/// x − y, entry by entry.
@inlinable public func .- <Element: Scalar>(x: [Element], y: [Element]) -> [Element] { x.combined(with: y) { $0 - $1 } }

/// x ⊙ y, the product entry by entry.
@inlinable public func .* <Element: Scalar>(x: [Element], y: [Element]) -> [Element] { x.combined(with: y) { $0 * $1 } }

/// α x: every entry times α.
@inlinable public func .* <Element: Scalar>(α: Element, x: [Element]) -> [Element] { x.map { α * $0 } }

extension Array where Element: Scalar {
  @inlinable func combined(with other: [Element], _ operation: (Element, Element) -> Element) -> [Element] {
    precondition(count == other.count, "a vector of \(count) numbers meets one of \(other.count)")
    return zip(self, other).map(operation)
  }
}
