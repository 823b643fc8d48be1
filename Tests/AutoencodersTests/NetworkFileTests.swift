import Autoencoders
import LinearAlgebra
import Testing

@Suite struct NetworkFileTests {
  private static let activations: [Activation] = [
    .identity, .sigmoid, .tanh, .relu, .softplus, .exponential, .softmax(classes: 3),
  ]

  private static func network(
    _ activation: Activation = .tanh, tied: Bool = false, biases: Bool = true, hidden: [Int] = [6, 3]
  ) throws -> Autoencoder<Double> {
    var stream = RandomStream(seed: 11)
    var network = try Autoencoder<Double>(
      inputs: 9, hidden: hidden, activation: activation, code: .identity, output: activation, tied: tied,
      biases: biases,
      using: &stream)
    network.parameters = network.parameters.map { _ in stream.normal() }
    return network
  }

  /// The bytes with some of them changed and the checksum set right again.
  private static func sealed(_ bytes: [UInt8], _ change: (inout [UInt8]) -> Void) -> [UInt8] {
    var bytes = Array(bytes.dropLast(8))
    change(&bytes)
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return bytes + (0..<8).map { UInt8(truncatingIfNeeded: state >> (8 * $0)) }
  }

  private static func error(_ bytes: [UInt8]) -> NetworkFileError? {
    do {
      _ = try Autoencoder<Double>(fileBytes: bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: activations, [false, true]) func networksGoRoundBitForBit(activation: Activation, tied: Bool) throws
  {
    for biases in [false, true] {
      let network = try Self.network(activation, tied: tied, biases: biases)
      let bytes = try network.fileBytes()
      let again = try Autoencoder<Double>(fileBytes: bytes)
      #expect(again.parameters.map(\.bitPattern) == network.parameters.map(\.bitPattern))
      #expect(again.tied == tied && again.inputs == 9 && again.hidden == 3)
      #expect(again.encoder.layers.map(\.activation) == network.encoder.layers.map(\.activation))
      #expect(again.decoder.layers.map(\.activation) == network.decoder.layers.map(\.activation))
      #expect(try again.fileBytes() == bytes)
      var stream = RandomStream(seed: 2)
      let X = Matrix<Double>.uniform(rows: 4, columns: 9, using: &stream)
      #expect(again.reconstruct(X) == network.reconstruct(X))
    }
  }

  @Test func numbersThatAreHardToPrintAreKept() throws {
    var network = try Self.network(hidden: [2])
    network.parameters = network.parameters.indices.map { i in
      [-0.0, 5e-324, .greatestFiniteMagnitude, 0.1, -Double.pi, .leastNormalMagnitude.nextDown][i % 6]
    }
    let again = try Autoencoder<Double>(fileBytes: network.fileBytes())
    #expect(again.parameters.map(\.bitPattern) == network.parameters.map(\.bitPattern))
  }

  @Test func singlePrecisionIsExact() throws {
    var stream = RandomStream(seed: 1)
    let network = try Autoencoder<Float>(inputs: 5, hidden: 2, activation: .sigmoid, output: .identity, using: &stream)
    let again = try Autoencoder<Float>(fileBytes: network.fileBytes())
    #expect(again.parameters == network.parameters)
    let double = try Autoencoder<Double>(fileBytes: network.fileBytes())
    #expect(double.parameters == network.parameters.map { Double($0) })
    // What single precision cannot hold is refused, not made infinite.
    var large = double
    large.encoder.W[0, 0] = 1e300
    #expect(throws: NetworkFileError.notFinite(layer: 0, value: 1e300)) {
      try Autoencoder<Float>(fileBytes: large.fileBytes())
    }
  }

  /// A network of one weight each way, written out by hand: a file that anyone's program can be compared with.
  @Test func theLayoutIsTheOneThatIsDocumented() throws {
    let network = Autoencoder<Double>(
      encoder: Stack([Dense(W: [[1.5]], b: [-2], activation: .relu)]),
      decoder: Stack([Dense(W: [[0.25]], activation: .identity)]))
    var head: [UInt8] = [0x89, 0x41, 0x45, 0x4E, 0x0D, 0x0A, 0x1A, 0x0A, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]
    head += [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 4]
    head += Array("relu".utf8)
    head += [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 8]
    head += Array("identity".utf8)
    // 1.5, −2 and 0.25
    head += [0, 0, 0, 0, 0, 0, 0xF8, 0x3F]
    head += [0, 0, 0, 0, 0, 0, 0, 0xC0]
    head += [0, 0, 0, 0, 0, 0, 0xD0, 0x3F]
    #expect(try network.fileBytes() == Self.sealed(head + [UInt8](repeating: 0, count: 8)) { _ in })
  }

  @Test func foreignAndNewerFilesAreNamed() throws {
    let bytes = try Self.network().fileBytes()
    #expect(Self.error([]) == .foreign)
    #expect(Self.error(Array("GIF89a and so on, long enough to be a header".utf8)) == .foreign)
    // Line ends changed on the way: 0D 0A became 0A.
    var text = bytes
    text.remove(at: 4)
    #expect(Self.error(text) == .foreign)
    #expect(Self.error(Self.sealed(bytes) { $0[8] = 2 }) == .newer(version: 2))
    #expect(Self.error(Self.sealed(bytes) { $0[11] = 1 }) == .newer(version: 1 << 24 | 1))
    guard case .invalid(_, "0", 8, _) = Self.error(Self.sealed(bytes) { $0[8] = 0 }) else {
      Issue.record("version 0 is none")
      return
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let bytes = try Self.network().fileBytes()
    for count in 1..<bytes.count {
      guard let error = Self.error(Array(bytes[..<count])) else {
        Issue.record("\(count) of \(bytes.count) bytes are a network")
        continue
      }
      // Up to the magic's end it may begin as one; from there on it is known to be too short.
      if count >= 12 {
        guard case .truncated(let needed, count) = error else {
          Issue.record("\(count) bytes: \(error)")
          continue
        }
        #expect(needed > count && needed <= bytes.count)
      }
    }
    #expect(Self.error(bytes + [0]) == .trailing(needed: bytes.count, got: bytes.count + 1))
  }

  @Test func everyChangedByteIsNoticed() throws {
    let bytes = try Self.network().fileBytes()
    for i in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[i] ^= 1 << bit
        #expect(Self.error(changed) != nil, "bit \(bit) of byte \(i)")
      }
    }
    // Among the numbers nothing but the checksum can tell.
    var changed = bytes
    changed[bytes.count - 20] ^= 1
    guard case .corrupted = Self.error(changed) else {
      Issue.record("a changed weight is not called one: \(String(describing: Self.error(changed)))")
      return
    }
  }

  /// What a file whose checksum is right may still say: made by hand, or by a program with a mistake.
  @Test func impossibleShapesAreRefusedBeforeAnythingIsAllocated() throws {
    let bytes = try Self.network(hidden: [4]).fileBytes()
    let decoderLayer = 21 + 14 + "identity".utf8.count
    let cases: [(String, Int, [UInt8])] = [
      ("a mark of 2", 12, [2]), ("no layers", 13, [0, 0, 0, 0]), ("four billion layers", 13, [255, 255, 255, 255]),
      ("no inputs", 21, [0, 0, 0, 0]), ("four billion inputs", 21, [255, 255, 255, 255]),
      ("more outputs than the next layer takes", 25, [5, 0, 0, 0]), ("biases of 3", 29, [3]),
      ("classes without softmax", 30, [1, 0, 0, 0]), ("another activation", 35, Array("idontity".utf8)),
      ("a name of 255 letters, most of them numbers", 34, [255]), ("other outputs", decoderLayer + 4, [8, 0, 0, 0]),
    ]
    for (what, offset, new) in cases {
      let error = Self.error(Self.sealed(bytes) { $0.replaceSubrange(offset..<offset + new.count, with: new) })
      guard case .invalid(_, _, let place, _) = error else {
        Issue.record("\(what): \(String(describing: error))")
        continue
      }
      #expect((8...decoderLayer + 20).contains(place), "\(what) at byte \(place)")
    }
    // A billion by a billion weights: a question of length, answered without asking for memory.
    let huge = Self.sealed(bytes) {
      $0.replaceSubrange(21..<29, with: [0, 0, 0, 64, 0, 0, 0, 64])
      $0.replaceSubrange(decoderLayer..<decoderLayer + 8, with: [0, 0, 0, 64, 0, 0, 0, 64])
    }
    guard case .truncated = Self.error(huge) else {
      Issue.record("\(String(describing: Self.error(huge)))")
      return
    }
    // A tied decoder that is no mirror.
    let tied = try Self.network(tied: true).fileBytes()
    guard case .invalid = Self.error(Self.sealed(tied) { $0[17] = 1 }) else {
      Issue.record("one layer is tied to two")
      return
    }
  }

  @Test func weightsThatAreNoNumbersAreRefusedBothWays() throws {
    var network = try Self.network(hidden: [4])
    let bytes = try network.fileBytes()
    network.decoder.W[0, 0] = .infinity
    #expect(throws: NetworkFileError.notFinite(layer: 1, value: .infinity)) { try network.fileBytes() }
    // The first weight becomes infinite in the file.
    let first = 21 + 2 * 14 + "identity".utf8.count + "tanh".utf8.count
    let changed = Self.sealed(bytes) { $0.replaceSubrange(first..<first + 8, with: [0, 0, 0, 0, 0, 0, 0xF0, 0x7F]) }
    #expect(Self.error(changed) == .notFinite(layer: 0, value: .infinity))
    guard
      case .notFinite(0, let value) = Self.error(
        Self.sealed(bytes) { $0.replaceSubrange(first..<first + 8, with: [1, 0, 0, 0, 0, 0, 0xF8, 0x7F]) })
    else {
      Issue.record("NaN is taken for a weight")
      return
    }
    #expect(value.isNaN)
  }
}
