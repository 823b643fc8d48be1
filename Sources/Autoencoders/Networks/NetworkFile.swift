import LinearAlgebra

// A trained network as bytes, to be kept in a file. All numbers are little-endian:
//
//     offset  bytes
//          0      8  89 41 45 4E 0D 0A 1A 0A: "AEN" between bytes that a transfer as text would change
//          8      4  the version of this layout: 1
//         12      1  0 if the decoder has weights of its own, 1 if it is tied to the encoder
//         13      4  the number of the encoder's layers, from the input to the code
//         17      4  the number of the decoder's layers, from the code to the output
//         21         for each of these layers
//                 4    how many numbers it takes
//                 4    how many it gives
//                 1    0 without biases, 1 with
//                 4    the classes of a softmax, else 0
//                 1    the length of the activation's name
//                      the name, in ASCII: identity, sigmoid, tanh, relu, softplus, exponential, softmax
//                    for each layer again, as IEEE 754 numbers of 8 bytes, bit for bit
//                      the weights W, one row for each unit; none for a layer of a tied decoder
//                      the biases b, if it has any
//       last      8  the checksum of all bytes before it
//
// The checksum is FNV-1a of 64 bits. Its state after a byte determines the one before, so a file in which a single byte has been
// changed never has the right one; of other damage it misses one in 2⁶⁴.

/// Why bytes are no network, or a network cannot be kept.
public enum NetworkFileError: Error, Equatable, CustomStringConvertible {
  /// The first bytes are not those of a network's file.
  case foreign
  /// A file of a later version of the layout.
  case newer(version: UInt32)
  /// The bytes end too early; `needed` is how many there should be at least.
  case truncated(needed: Int, got: Int)
  /// Bytes after the end of the file.
  case trailing(needed: Int, got: Int)
  /// The checksum is not that of the bytes.
  case corrupted(stored: UInt64, computed: UInt64)
  /// A number that no network has, where it stands, and what it could be.
  case invalid(what: String, value: String, offset: Int, mustBe: String)
  /// A weight or a bias that is NaN or infinite; layers count from 0 at the input.
  case notFinite(layer: Int, value: Double)

  public var description: String {
    switch self {
    case .foreign:
      "these bytes do not begin as a saved network does; check that it is the file the lesson wrote"
    case .newer(let version):
      "the network was saved in version \(version) of the layout, and this program knows versions up to "
        + "\(NetworkLayout.version); update the course"
    case .truncated(let needed, let got):
      "the network's file ends after \(got) of at least \(needed) bytes; copy it again, or save the network again"
    case .trailing(let needed, let got):
      "the network ends after \(needed) bytes, but the file has \(got); copy it again, or save the network again"
    case .corrupted(let stored, let computed):
      "the network's file was changed after it was saved: its checksum is \(Self.hexadecimal(stored)), its bytes have "
        + "\(Self.hexadecimal(computed)); copy it again, or save the network again"
    case .invalid(let what, let value, let offset, let range):
      "byte \(offset) of the network's file: \(what) is \(value), but must be \(range)"
    case .notFinite(let layer, let value):
      "layer \(layer) has a weight or bias that is \(value); train again with a smaller step before saving"
    }
  }

  private static func hexadecimal(_ x: UInt64) -> String { String(x, radix: 16) }
}

extension Autoencoder {
  /// The network as bytes for a file, whose layout stands at the top of this source; numbers are kept bit for bit.
  ///
  /// ```swift
  /// let bytes = try network.fileBytes()
  /// let again = try Autoencoder<Double>(fileBytes: bytes)
  /// again.parameters == network.parameters    // true
  /// ```
  ///
  /// - Throws: ``NetworkFileError/notFinite(layer:value:)``: what diverged is not worth keeping.
  public func fileBytes() throws(NetworkFileError) -> [UInt8] {
    let (lower, upper) = (encoder.layers, decoder.layers)
    var bytes = NetworkLayout.magic
    bytes.add(NetworkLayout.version)
    bytes.add(UInt8(tied ? 1 : 0))
    bytes.add(UInt32(lower.count))
    bytes.add(UInt32(upper.count))
    for layer in lower + upper {
      bytes.add(UInt32(layer.inputs))
      bytes.add(UInt32(layer.outputs))
      bytes.add(UInt8(layer.b.isEmpty ? 0 : 1))
      let (name, classes) = NetworkLayout.name(of: layer.activation)
      bytes.add(UInt32(classes))
      bytes.add(UInt8(name.utf8.count))
      bytes += name.utf8
    }
    for (l, layer) in (lower + upper).enumerated() {
      for x in (tied && l >= lower.count ? [] : layer.W.elements) + layer.b {
        guard x.isFinite else { throw .notFinite(layer: l, value: Double(x)) }
        bytes.add(Double(x).bitPattern)
      }
    }
    bytes.add(NetworkLayout.checksum(bytes[...]))
    return bytes
  }

  /// The network that ``fileBytes()`` made these bytes of.
  ///
  /// Nothing is allocated for numbers that the bytes do not have, whatever shapes they speak of.
  ///
  /// - Throws: ``NetworkFileError``, for bytes of any other origin.
  public init(fileBytes bytes: [UInt8]) throws(NetworkFileError) {
    let outline = try NetworkLayout.Outline(bytes)
    var offset = outline.numbers
    var layers: [Dense<Element>] = []
    for (l, layer) in outline.layers.enumerated() {
      func number(_ count: Int) throws(NetworkFileError) -> [Element] {
        var numbers: [Element] = []
        numbers.reserveCapacity(count)
        for _ in 0..<count {
          let x = Double(bitPattern: bytes.integer(at: offset))
          guard x.isFinite, Element(x).isFinite else { throw .notFinite(layer: l, value: x) }
          numbers.append(Element(x))
          offset += 8
        }
        return numbers
      }
      let borrowed = outline.tied && l >= outline.encoderLayers
      // The weights of a tied decoder are the encoder's; only biases and activation are taken from here.
      let W =
        borrowed
        ? layers[outline.layers.count - 1 - l].W.T
        : Matrix(rows: layer.outputs, columns: layer.inputs, elements: try number(layer.inputs * layer.outputs))
      layers.append(Dense(W: W, b: try number(layer.biases), activation: layer.activation))
    }
    let encoder = Stack(Array(layers[..<outline.encoderLayers]))
    let decoder = Stack(Array(layers[outline.encoderLayers...]))
    guard outline.tied else {
      self.init(encoder: encoder, decoder: decoder)
      return
    }
    self.init(tying: encoder, output: .identity)
    ownOrTiedDecoder = .tied(TiedStack(layers: decoder.layers.map { TiedDense(b: $0.b, activation: $0.activation) }))
  }
}

/// What the layout of a network's file has in common for writing and reading.
private enum NetworkLayout {
  static let magic: [UInt8] = [0x89, 0x41, 0x45, 0x4E, 0x0D, 0x0A, 0x1A, 0x0A]
  static let version: UInt32 = 1

  /// An activation's name, and its classes.
  static func name(of activation: Activation) -> (String, classes: Int) {
    switch activation {
    case .identity: ("identity", 0)
    case .sigmoid: ("sigmoid", 0)
    case .tanh: ("tanh", 0)
    case .relu: ("relu", 0)
    case .softplus: ("softplus", 0)
    case .exponential: ("exponential", 0)
    case .softmax(let classes): ("softmax", classes)
    }
  }

  static let plain: [Activation] = [.identity, .sigmoid, .tanh, .relu, .softplus, .exponential]

  /// FNV-1a.
  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBufferPointer { bytes in
      var state: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
      return state
    }
  }

  struct Layer {
    let inputs: Int
    let outputs: Int
    let biases: Int
    let activation: Activation
    /// Where its description begins.
    let offset: Int
  }

  /// What stands before the numbers, checked in itself, against the length and by the checksum.
  struct Outline {
    let tied: Bool
    let encoderLayers: Int
    let layers: [Layer]
    /// Where the numbers begin.
    let numbers: Int

    init(_ bytes: [UInt8]) throws(NetworkFileError) {
      let start = min(bytes.count, magic.count)
      guard start > 0, bytes[..<start] == magic[..<start] else { throw .foreign }
      guard bytes.count >= 12 else { throw .truncated(needed: 21 + 8, got: bytes.count) }
      let version: UInt32 = bytes.integer(at: 8)
      guard version <= NetworkLayout.version else { throw .newer(version: version) }
      let got = bytes.count
      let body = bytes.prefix(max(got - 8, 0))
      let (stored, computed) = (got >= 29 ? bytes.integer(at: got - 8) : UInt64(0), checksum(body))
      let isWhole = got >= 29 && stored == computed
      do throws(NetworkFileError) {
        self = try Outline(reading: bytes)
      } catch {
        // Where the checksum is wrong, a number that is impossible is damage; but a file that is too short says so.
        switch error {
        case .invalid where !isWhole: throw .corrupted(stored: stored, computed: computed)
        default: throw error
        }
      }
      guard isWhole else { throw .corrupted(stored: stored, computed: computed) }
    }

    private init(reading bytes: [UInt8]) throws(NetworkFileError) {
      let got = bytes.count
      func need(_ end: Int) throws(NetworkFileError) {
        guard got >= end + 8 else { throw .truncated(needed: end + 8, got: got) }
      }
      func check(
        _ what: String, _ value: Int, at offset: Int, _ range: String, _ isValid: Bool
      ) throws(NetworkFileError) {
        guard isValid else { throw .invalid(what: what, value: "\(value)", offset: offset, mustBe: range) }
      }
      try need(21)
      let version: UInt32 = bytes.integer(at: 8)
      try check("the version", Int(version), at: 8, "at least 1", version >= 1)
      try check("the mark of a tied decoder", Int(bytes[12]), at: 12, "0 or 1", bytes[12] <= 1)
      let counts = [13, 17].map { Int(bytes.integer(at: $0) as UInt32) }
      for (c, count) in counts.enumerated() {
        try check("a number of layers", count, at: 13 + 4 * c, "from 1 to 1000", (1...1000).contains(count))
      }
      let isTied = bytes[12] == 1
      try check(
        "the number of layers of a tied decoder", counts[1], at: 17, "the encoder's", !isTied || counts[0] == counts[1])
      var layers: [Layer] = []
      var (offset, length) = (21, 0)
      for l in 0..<counts[0] + counts[1] {
        let first = offset
        try need(offset + 14)
        let sizes = [0, 4].map { Int(bytes.integer(at: first + $0) as UInt32) }
        for (s, size) in sizes.enumerated() {
          try check(
            "the size of a layer", size, at: first + 4 * s, "from 1 to 2³⁰", (1...1 << 30).contains(size))
        }
        if let below = layers.last {
          try check(
            "the number of inputs of layer \(l)", sizes[0], at: first,
            "\(below.outputs), as many as the layer below gives",
            sizes[0] == below.outputs)
        }
        let (marked, classes) = (bytes[first + 8], Int(bytes.integer(at: first + 9) as UInt32))
        try check("the mark of biases", Int(marked), at: first + 8, "0 or 1", marked <= 1)
        let count = Int(bytes[first + 13])
        offset += 14
        try need(offset + count)
        let name = String(decoding: bytes[offset..<offset + count], as: UTF8.self)
        let activation: Activation? =
          name == "softmax"
          ? .softmax(classes: classes) : plain.first { NetworkLayout.name(of: $0).0 == name }
        guard let activation else {
          throw .invalid(
            what: "an activation", value: "\"\(name.prefix(20))\"", offset: offset,
            mustBe: "one of " + plain.map { NetworkLayout.name(of: $0).0 }.joined(separator: ", ") + ", softmax")
        }
        try check(
          "the number of classes", classes, at: first + 9,
          name == "softmax" ? "at least 1, a divisor of \(sizes[1])" : "0",
          name == "softmax" ? classes >= 1 && sizes[1] % classes == 0 : classes == 0)
        offset += count
        layers.append(
          Layer(
            inputs: sizes[0], outputs: sizes[1], biases: marked == 1 ? sizes[1] : 0, activation: activation,
            offset: first)
        )
        // At most 2³⁰ each, so the product of two fits; the sum is compared before it can grow.
        let numbers = (isTied && l >= counts[0] ? 0 : sizes[0] * sizes[1]) + layers[l].biases
        length += numbers
        guard length <= 1 << 40 else {
          throw .truncated(needed: 8 * (1 << 40), got: got)
        }
      }
      let (first, last) = (layers[0], layers[layers.count - 1])
      try check(
        "the number of outputs", last.outputs, at: last.offset + 4, "\(first.inputs), the number of inputs",
        last.outputs == first.inputs)
      if isTied {
        for l in 0..<counts[0] {
          let (lower, upper) = (layers[l], layers[layers.count - 1 - l])
          try check(
            "the size of a tied layer", upper.outputs, at: upper.offset + 4, "\(lower.inputs), as in the encoder",
            upper.outputs == lower.inputs && upper.inputs == lower.outputs)
        }
      }
      let needed = offset + 8 * length + 8
      guard got >= needed else { throw .truncated(needed: needed, got: got) }
      guard got == needed else { throw .trailing(needed: needed, got: got) }
      (tied, encoderLayers, self.layers, numbers) = (isTied, counts[0], layers, offset)
    }
  }
}

extension [UInt8] {
  /// Appends the bytes of a number, the lowest first. (Not a second `append`: that would take a literal 1 for eight bytes.)
  fileprivate mutating func add(_ x: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: x.littleEndian) { append(contentsOf: $0) }
  }

  /// The number whose lowest byte stands at `offset`.
  fileprivate func integer<Number: FixedWidthInteger>(at offset: Int) -> Number {
    var x: Number = 0
    for byte in self[offset..<offset + Number.bitWidth / 8].reversed() { x = x << 8 | Number(byte) }
    return x
  }
}
