import Autoencoders
import LinearAlgebra

extension Reader {
  /// The files of networks, the half of them with a checksum that is right for the damage.
  static let network = Reader(name: "network", usual: 5000) { chance in
    let seed = networks[chance.below(networks.count)]
    var bytes = seed
    // Mostly in the first hundred bytes, where shapes and names stand.
    for _ in 0...chance.below(8) where !bytes.isEmpty {
      let i = chance.below(chance.once(in: 4) ? bytes.count : min(100, bytes.count))
      switch chance.below(8) {
      case 0: bytes.remove(at: i)
      case 1: bytes.insert(UInt8(chance.below(256)), at: i)
      case 2: bytes[i] = chance.one(of: [0, 1, 127, 128, 255])
      case 3 where chance.once(in: 8): bytes = chance.mutated(networks, tokens: [[0, 0, 0, 64], [0, 0, 240, 127]])
      default: bytes[i] = UInt8(chance.below(256))
      }
    }
    if chance.once(in: 2), bytes.count >= 8 { bytes = sealed(Array(bytes.dropLast(8))) }
    let read = try orRefused { () throws(NetworkFileError) in try Autoencoder<Double>(fileBytes: bytes) }
    // No two files are of one network.
    if let read { try require(try read.fileBytes() == bytes, "a network is written otherwise than it was read") }
    return bytes.count
  }

  private static let networks: [[UInt8]] = {
    let kinds: [(Activation, hidden: [Int], tied: Bool, biases: Bool)] = [
      (.softmax(classes: 3), [6, 3], false, true), (.tanh, [6, 3], true, true), (.relu, [1], false, false),
    ]
    return kinds.compactMap { activation, hidden, tied, biases in
      var stream = RandomStream(seed: 11)
      let network = try? Autoencoder<Double>(
        inputs: 9, hidden: hidden, activation: activation, code: .identity, output: activation, tied: tied,
        biases: biases, using: &stream)
      return try? network?.fileBytes()
    }
  }()

  /// `bytes` with the checksum behind them: FNV-1a.
  private static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    let state = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return bytes + (0..<8).map { UInt8(truncatingIfNeeded: state >> (8 * $0)) }
  }

  /// Messages of the range coder: those that were written come back; any others are symbols or an end.
  static let rangeCode = Reader(name: "range-code", usual: 2000) { chance in
    let frequencies = (0..<1 + chance.length(upTo: 2000)).map { _ in
      chance.once(in: 3) ? 0 : chance.once(in: 8) ? chance.below(1 << 30) : chance.below(100)
    }
    let table = FrequencyTable(frequencies.contains { $0 > 0 } ? frequencies : [1])
    let possible = (0..<table.count).filter { table.frequency(of: $0) > 0 }
    let message = (0..<chance.length(upTo: 3000)).map { _ in chance.one(of: possible) }
    var encoder = RangeEncoder()
    for symbol in message { encoder.encode(symbol, by: table) }
    let bytes = encoder.finished()
    var decoder = RangeDecoder(bytes)
    for (n, symbol) in message.enumerated() {
      let decoded = try decoder.decode(by: table)
      try require(decoded == symbol, "symbol \(n) of \(message.count) comes back as \(decoded), not \(symbol)")
    }
    let damaged = chance.mutated([bytes, chance.bytes(8)], tokens: [[0], [255]])
    var other = RangeDecoder(damaged)
    for _ in 0..<message.count + 100 {
      guard let symbol = try orRefused({ () throws(CodingError) in try other.decode(by: table) }) else { break }
      try require(table.frequency(of: symbol) > 0, "the symbol \(symbol), which has no frequency")
    }
    return bytes.count + damaged.count
  }
}
