internal import Files

enum ImportError: FileErrorWrapping, CustomStringConvertible {
    case notAFolder(String)
    case file(FileError)
    case noPictures(String)
    case captions(String, reason: String)
    /// A file of fields; of a line, where one is to blame.
    case fields(String, line: Int?, reason: String)
    case unknownModel(String, folders: [String])
    case noImageSide(String)
    case model(String, reason: String)
    /// The node's model of this name and ours make different vectors.
    case otherModel(String, cosine: Float)
    case migration(String)

    var description: String {
        switch self {
        case .notAFolder(let path): "\(path) is not a folder that can be read"
        case .file(let error):
            "\(error.path) cannot be read: \(error.systemReason)\(error.isMissing ? ", or its name is not UTF-8" : "")"
        case .noPictures(let path): "There are no pictures in \(path)"
        case .captions(let path, let reason): "\(path): \(reason)"
        case .fields(let path, let line, let reason): "\(path)\(line.map { ":\($0)" } ?? ""): \(reason)"
        case .unknownModel(let id, let folders):
            "There is no model \(id) in \(folders.joined(separator: ", ")); --models names another folder, and --embed node lets the node embed"
        case .noImageSide(let id): "The model \(id) makes no vectors of pictures"
        case .model(let id, let reason): "The model \(id) cannot be used here: \(reason)"
        case .otherModel(let id, let cosine):
            "The node's model \(id) is not the one here: their vectors of one picture have a cosine of \(cosine)"
        case .migration(let reason): reason
        }
    }
}
