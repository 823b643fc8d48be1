/// A map from numbers to colours, for images and matrices.
public struct Palette: Hashable, Sendable {
  /// Colours at equal distances, as 0xRRGGBB; between them each channel is interpolated linearly.
  let knots: [UInt32]
  /// Whether the middle colour stands for zero, so that the limits must be symmetric.
  public let isDiverging: Bool

  /// Ink on paper: the lowest value is white, the highest black.
  public static let gray = Palette(knots: [0xFFFFFF, 0x000000], isDiverging: false)

  /// For signed numbers: negative blue, zero white, positive vermillion (the blue and vermillion of Okabe and Ito,
  /// which every kind of colour vision tells apart, darkened towards the ends).
  public static let diverging = Palette(
    knots: [0x003D6B, 0x0072B2, 0x8CBFE0, 0xFFFFFF, 0xF2B58A, 0xD55E00, 0x803300], isDiverging: true)

  /// For magnitudes behind other marks, such as a density: from white paper through Okabe and Ito's sky blue to their
  /// blue.
  public static let blues = Palette(knots: [0xFFFFFF, 0x56B4E9, 0x0072B2], isDiverging: false)

  /// For magnitudes: viridis of van der Walt and Smith (2015; CC0), dark to bright, evenly spaced to the eye also in
  /// grey. Every fifth of matplotlib's 256 colours; interpolation is within 1/255 of the others in each channel.
  public static let viridis = Palette(
    knots: [
      0x440154, 0x46085C, 0x471063, 0x481769, 0x481D6F, 0x482475, 0x472A7A, 0x46307E, 0x453781,
      0x433D84, 0x414287, 0x3F4889, 0x3D4E8A, 0x3A538B, 0x38598C, 0x355E8D, 0x33638D, 0x31688E,
      0x2E6D8E, 0x2C718E, 0x2A768E, 0x297B8E, 0x27808E, 0x25848E, 0x23898E, 0x218E8D, 0x20928C,
      0x1F978B, 0x1E9C89, 0x1FA188, 0x21A585, 0x24AA83, 0x28AE80, 0x2EB37C, 0x35B779, 0x3DBC74,
      0x46C06F, 0x50C46A, 0x5AC864, 0x65CB5E, 0x70CF57, 0x7CD250, 0x89D548, 0x95D840, 0xA2DA37,
      0xB0DD2F, 0xBDDF26, 0xCAE11F, 0xD8E219, 0xE5E419, 0xF1E51D, 0xFDE725,
    ], isDiverging: false)

  /// This palette laid over white paper with the given `opacity`, as opaque colours.
  func onPaper(opacity: Double) -> Palette {
    let mixed = knots.map { knot in
      [16, 8, 0].reduce(0) { color, shift in
        color | UInt32((255 + (Double(knot >> shift & 0xFF) - 255) * opacity).rounded()) << shift
      }
    }
    return Palette(knots: mixed, isDiverging: isDiverging)
  }

  /// The colour at `t`, from 0 (lowest) to 1 (highest), as `#rrggbb`; beyond, the colour of the end.
  public func color(at t: Double) -> String {
    let position = min(max(t, 0), 1) * Double(knots.count - 1)
    let lower = min(Int(position), knots.count - 2)
    let fraction = position - Double(lower)
    var text = "#"
    for shift in [16, 8, 0] as [UInt32] {
      let from = Double(knots[lower] >> shift & 0xFF)
      let to = Double(knots[lower + 1] >> shift & 0xFF)
      let level = Int((from + (to - from) * fraction).rounded())
      text += (level < 16 ? "0" : "") + String(level, radix: 16)
    }
    return text
  }
}
