import Exercises
import LinearAlgebra
import Testing

@Suite("Values between processes")
struct ValueTests {
  static let values: [Value] = [
    .truth(true), .truth(false), .integer(.min), .integer(-1), .number(-0.0), .number(.infinity),
    .number(.leastNonzeroMagnitude),
    .text(""), .text("σ ≤ ½"), .list([]), .list([.integer(1), .list([.number(2), .text("x")])]),
    .matrix([[1, 2, 3], [4, 5, -0.0]]), .matrix(Matrix(rows: 0, columns: 7)), .matrix(Matrix(rows: 3, columns: 0)),
  ]

  @Test(arguments: values) func `a value comes through as it was`(value: Value) throws {
    let through = try #require(Value(bytes: value.bytes))
    #expect(through == value)
    #expect(through.bytes == value.bytes)
  }

  @Test func `NaN keeps its bits`() throws {
    let odd = Double(nan: 77, signaling: false)
    guard case .number(let number)? = Value(bytes: Value.number(odd).bytes) else {
      Issue.record("no number")
      return
    }
    #expect(number.bitPattern == odd.bitPattern)
  }

  @Test(arguments: values) func `what is cut short, or goes on, is no value`(value: Value) {
    let bytes = value.bytes
    for count in 0..<bytes.count { #expect(Value(bytes: Array(bytes[..<count])) == nil) }
    #expect(Value(bytes: bytes + [0]) == nil)
  }

  @Test func `lengths and shapes that cannot be are not believed`() {
    func bytes(_ kind: UInt8, _ words: UInt64...) -> [UInt8] {
      var bytes = [kind]
      for word in words { bytes.append(word) }
      return bytes
    }
    let text = Value.text("").bytes[0]
    let list = Value.list([]).bytes[0]
    let matrix = Value.matrix(Matrix(rows: 0, columns: 0)).bytes[0]
    for count in [1, 1 << 40, UInt64.max, UInt64(Int.max)] {
      #expect(Value(bytes: bytes(text, count)) == nil)
      #expect(Value(bytes: bytes(list, count)) == nil)
      #expect(Value(bytes: bytes(matrix, count, count)) == nil)
    }
    #expect(Value(bytes: bytes(matrix, 1 << 33, 1 << 33)) == nil)
    #expect(Value(bytes: [255] + [UInt8](repeating: 0, count: 8)) == nil)
    #expect(Value(bytes: bytes(Value.truth(true).bytes[0], 2)) == nil)
    var nested: [UInt8] = []
    for _ in 0..<100_000 { nested += bytes(list, 1) }
    #expect(Value(bytes: nested + Value.integer(1).bytes) == nil)
    #expect(Value(bytes: nested.suffix(9 * 7) + Value.integer(1).bytes) != nil)
    #expect(Value(bytes: nested.suffix(9 * 100) + Value.integer(1).bytes) == nil)
  }

  @Test func `a reply has the parts of its kind and no others`() {
    for reply in [Reply.answered(.integer(1)), .notAttempted, .otherParameters, .threw("e")] {
      #expect(Reply(reply.value) == reply)
      guard case .list(let parts) = reply.value else { continue }
      #expect(Reply(.list(parts + [.integer(2)])) == nil && Reply(.list(parts.dropLast())) == nil)
    }
    #expect(Reply(.list([.text("threw"), .integer(1)])) == nil && Reply(.text("not attempted")) == nil)
  }

  @Test func `a function is asked with the values of its own types only`() {
    let answer = Answer("f") { (k: Int, x: [Double], A: Matrix<Double>) in Double(k) + x.sum() + A.sum }
    #expect(answer.reply(to: [.integer(1), [2.0, 3.0].value, .matrix([[4]])]) == .answered(.number(10)))
    for wrong in [
      [], [Value.integer(1)], [.number(1), [2.0].value, .matrix([[4]])], [.integer(1), .number(2), .truth(true)],
    ] {
      #expect(answer.reply(to: wrong) == .otherParameters)
    }
    let pair = Answer("g") { (k: Int) in (k, [Double(k)]) }
    #expect(pair.reply(to: [.integer(2)]) == .answered(.list([.integer(2), .list([.number(2)])])))
    let stub = Answer("h") { (k: Int) -> Double in throw Exercise.notAttempted }
    #expect(stub.reply(to: [.integer(2)]) == .notAttempted)
  }
}
