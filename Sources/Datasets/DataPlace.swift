import Foundation

/// Which files of a folder, or beside a file, hold a set of images.
struct DataPlace {
  enum Source: Equatable {
    case idx(images: URL, labels: URL)
    case csv(URL)
  }

  let source: Source
  /// What the set is called: after its folder, or after its own file if that says more.
  let name: String

  /// - Throws: ``DataError`` if nothing at `path` can be read, naming what lies there and what to do with it.
  init(_ path: URL) throws(DataError) {
    guard let entry = Entry(path) else {
      throw DataError(
        .missing, file: path, found: "no folder", expected: "a folder or file with images",
        remedy: "Check the spelling of the path.")
    }
    let (source, file) = try entry.isFolder ? Self.inFolder(path) : Self.ofFile(path)
    self.source = source
    // MNIST/raw is MNIST; emnist-letters-train-images-idx3-ubyte is emnist-letters; faces.csv is faces.
    let prefix = file.lastPathComponent.prefixMatch(of: Self.imageFile)?.1 ?? ""
    if case .csv = source {
      let stem = file.lastPathComponent.prefix { $0 != "." }
      name = stem.isEmpty ? file.lastPathComponent : String(stem)
    } else if !prefix.isEmpty {
      name = String(prefix.dropLast())
    } else {
      let folder = file.standardizedFileURL.deletingLastPathComponent()
      name =
        Self.layouts.contains(folder.lastPathComponent)
        ? folder.deletingLastPathComponent().lastPathComponent : folder.lastPathComponent
    }
  }

  /// The folders into which sets are unpacked: torchvision's, and that of EMNIST's archive.
  private static let layouts = ["raw", "gzip"]
  /// `train-images-idx3-ubyte.gz` with what stands before and its part.
  private nonisolated(unsafe) static let imageFile = /(.*-)?(train|test|t10k)-images[-.]idx3-ubyte(\.gz)?/
  private nonisolated(unsafe) static let table = /.*\.(csv|tsv)(\.gz)?/.ignoresCase()

  // MARK: A folder

  private static func inFolder(_ folder: URL) throws(DataError) -> (Source, URL) {
    for place in [folder] + layouts.map({ folder.appending(path: $0) }) {
      let files = Entry.list(place)
      let sets = files.filter { $0.lastPathComponent.wholeMatch(of: imageFile)?.2 == "train" }
      // A file that was unpacked often lies beside its archive.
      let plain = sets.filter { !$0.lastPathComponent.hasSuffix(".gz") }
      let chosen = sets.filter { set in
        !set.lastPathComponent.hasSuffix(".gz")
          || !plain.contains { $0.lastPathComponent + ".gz" == set.lastPathComponent }
      }
      if let first = chosen.first {
        guard chosen.count == 1 else { throw ambiguous(place, chosen) }
        return (try withLabels(first), first)
      }
      let tables = files.filter { $0.lastPathComponent.wholeMatch(of: table) != nil }
      let training = tables.filter { $0.lastPathComponent.lowercased().contains("train") }
      let candidates = training.isEmpty ? tables : training
      if let first = candidates.first {
        guard candidates.count == 1 else { throw ambiguous(place, candidates) }
        return (.csv(first), first)
      }
    }
    throw nothing(in: folder)
  }

  private static func ambiguous(_ folder: URL, _ files: [URL]) -> DataError {
    DataError(
      .missing, file: folder, found: "\(files.count) sets: \(named(files))", expected: "one",
      remedy: "Give the file of the one you mean: --data \(files[0].relativePath)")
  }

  /// A folder without a set: what is in it, and what to do with that.
  private static func nothing(in folder: URL) -> DataError {
    let files = Entry.list(folder)
    let expected = "train-images-idx3-ubyte and train-labels-idx1-ubyte, or a CSV file"
    func error(_ found: String, _ remedy: String) -> DataError {
      DataError(.missing, file: folder, found: found, expected: expected, remedy: remedy)
    }
    guard Entry.canList(folder) else { return error("a folder that cannot be read", "Check its permissions.") }
    let everywhere = files + layouts.flatMap { Entry.list(folder.appending(path: $0)) }
    if let test = everywhere.first(where: { $0.lastPathComponent.wholeMatch(of: imageFile) != nil }) {
      return error(
        "only the test part, \(test.lastPathComponent)",
        "Fetch the training part as well, or use this one: --data \(test.relativePath)")
    }
    if let labels = everywhere.first(where: { $0.lastPathComponent.contains("train-labels") }) {
      return error("\(labels.lastPathComponent) without its images", "Fetch the file of the images as well.")
    }
    if let file = files.first(where: { advice(for: $0) != nil }), let remedy = advice(for: file) {
      return error(file.lastPathComponent, remedy)
    }
    let inside = Entry.folders(folder)
    if let set = inside.first(where: { (try? inFolder($0)) != nil }) {
      return error("the folder \(set.lastPathComponent)", "Give that: --data \(set.relativePath)")
    }
    for part in inside {
      if let file = Entry.list(part).first(where: { isPicture($0) }) {
        return error("\(part.lastPathComponent)/\(file.lastPathComponent)", adviceForPictures(in: folder))
      }
    }
    return error(
      files.isEmpty ? "no file in it" : "other files: \(named(files))",
      "Give the folder that holds the files themselves.")
  }

  // MARK: A single file

  private static func ofFile(_ file: URL) throws(DataError) -> (Source, URL) {
    let name = file.lastPathComponent
    if name.wholeMatch(of: imageFile) != nil { return (try withLabels(file), file) }
    if name.wholeMatch(of: table) != nil { return (.csv(file), file) }
    let remedy =
      if name.contains("labels") {
        "Give the file of the images, or the folder it lies in."
      } else {
        advice(for: file)
          ?? "Give the folder it lies in, or convert it to CSV: a label and the pixels of an image a line."
      }
    throw DataError(
      .missing, file: file, found: "a file", expected: "a folder with IDX files, an IDX file of images or a CSV file",
      remedy: remedy)
  }

  /// The file of the labels beside that of the images: published spellings, plain or compressed.
  private static func withLabels(_ images: URL) throws(DataError) -> Source {
    let folder = images.deletingLastPathComponent()
    let stem = images.lastPathComponent.replacing(/-images[-.]idx3-ubyte(\.gz)?$/, with: "-labels")
    let names = ["-idx1-ubyte", ".idx1-ubyte", "-idx2-int", ".idx2-int"].flatMap { [stem + $0, stem + $0 + ".gz"] }
    let files = Entry.list(folder)
    for name in names {
      if let labels = files.first(where: { $0.lastPathComponent == name }) {
        return .idx(images: images, labels: labels)
      }
    }
    throw DataError(
      .missing, file: folder.appending(path: names[0]), found: "no such file",
      expected: "the labels of \(images.lastPathComponent)", remedy: "Fetch the file of the labels as well.")
  }

  // MARK: Advice

  private static func isPicture(_ file: URL) -> Bool {
    ["png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff"].contains(file.pathExtension.lowercased())
  }

  /// How to make something of a file that cannot be read.
  private static func advice(for file: URL) -> String? {
    switch file.pathExtension.lowercased() {
    case "npz":
      return """
        Write it as CSV (the names of its arrays are in d.files): python3 -c "import numpy as np; \
        d = np.load('\(file.relativePath)'); x, y = d['x_train'], d['y_train']; \
        np.savetxt('train.csv', np.c_[y.ravel(), x.reshape(len(x), -1)], '%d', ',')"
        """
    case "zip", "tar", "tgz", "7z": return "Unpack it and give the folder that comes out."
    case "npy", "mat", "pkl", "parquet", "h5", "arff":
      return "Convert it to CSV: a label and the pixels of an image a line."
    case _ where isPicture(file): return adviceForPictures(in: file.deletingLastPathComponent())
    default: return nil
    }
  }

  private static func adviceForPictures(in folder: URL) -> String {
    """
    Pictures in a folder for each class, 0, 1, …, become CSV with Pillow: python3 -c "import glob, PIL.Image as P; \
    [print(f.split('/')[-2], *P.open(f).convert('L').resize((28, 28)).getdata(), sep=',') \
    for f in glob.glob('\(folder.relativePath)/*/*.*')]" | shuf > pictures.csv
    """
  }

  /// The first few names, for a message.
  private static func named(_ files: [URL]) -> String {
    files.prefix(8).map(\.lastPathComponent).joined(separator: ", ") + (files.count > 8 ? ", …" : "")
  }
}

/// What lies at a path.
private struct Entry {
  let isFolder: Bool

  init?(_ url: URL) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { return nil }
    self.isFolder = isFolder.boolValue
  }

  /// The files in a folder, in the order of their names; one in a folder of its own name, as Kaggle unpacks MNIST, counts.
  static func list(_ folder: URL) -> [URL] {
    inside(folder).compactMap { url in
      guard Entry(url)?.isFolder == true else { return url }
      let namesake = url.appending(path: url.lastPathComponent)
      return Entry(namesake)?.isFolder == false ? namesake : nil
    }
  }

  static func canList(_ folder: URL) -> Bool {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) != nil
  }

  static func folders(_ folder: URL) -> [URL] { inside(folder).filter { Entry($0)?.isFolder == true } }

  private static func inside(_ folder: URL) -> [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().filter { !$0.hasPrefix(".") }.map { folder.appending(path: $0) }
  }
}
