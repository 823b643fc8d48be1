import LinearAlgebra

/// The UCI *Optical Recognition of Handwritten Digits*: 1,797 images of 8 × 8 pixels with grey values 0…16.
///
/// Each pixel counts the ink in one 4 × 4 block of a 32 × 32 bitmap of a digit that one of 13 people wrote by hand.
public enum Digits {
  /// The credit that the licence of the data asks for.
  public static let attribution = """
    E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998, \
    https://doi.org/10.24432/C50P49, CC BY 4.0
    """

  static let width = 8
  static let height = 8
  static let maximum = 16

  /// The set that `text` spells: a line for each image, with a letter for each pixel, a space and the label.
  static func parse(_ text: String) -> LabelledImages {
    var grey: [Double] = []
    var labels: [Int] = []
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: " "))
      precondition(
        fields.count == 2 && fields[0].count == width * height && fields[1].count == 1,
        "line \(labels.count + 1) of the digits is not \(width * height) letters, a space and a label")
      grey += fields[0].map { Double($0 - UInt8(ascii: "a")) }
      labels += fields[1].map { Int($0 - UInt8(ascii: "0")) }
    }
    return LabelledImages(
      pixels: Matrix(rows: labels.count, columns: width * height, elements: grey), labels: labels,
      width: width, height: height, maximum: Double(maximum), name: "UCI digits", citation: attribution)
  }
}

extension LabelledImages {
  /// The 1,797 UCI digits, which every lesson can use without a download: 1797 × 64, grey values 0…16, labels 0…9.
  /// Parsed once, at the first use, in a few milliseconds.
  public static let digits = Digits.parse(Digits.lines)
}
