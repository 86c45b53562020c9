internal import Files

enum ImportError: FileErrorWrapping, CustomStringConvertible {
    case notAFolder(String)
    case file(FileError)
    /// A pipe, a device, or a link to a folder.
    case notAFile(String)
    case noPictures(String)
    case captions(String, reason: String)
    /// A file of fields; of a line, where one is to blame.
    case fields(String, line: Int?, reason: String)
    case unknownModel(String, folders: [String])
    case noImageSide(String)
    case model(String, reason: String)
    /// The node's model of this name and ours make different vectors.
    case otherModel(String, cosine: Float)
    /// One of the node and of this process turns pictures as their EXIF says.
    case otherOrientation(isHere: Bool)
    /// The index holds vectors of other models.
    case modelOfIndex(String, holds: [String], model: String)
    case dimensionsOfIndex(String, holds: [Int], model: String, makes: Int)
    case migration(String)

    var description: String {
        switch self {
        case .notAFolder(let path): "\(path) is not a folder that can be read"
        case .file(let error):
            "\(error.path) cannot be read: \(error.systemReason)\(error.isMissing ? ", or its name is not UTF-8" : "")"
        case .notAFile(let path): "\(path) is not a regular file"
        case .noPictures(let path): "There are no pictures in \(path)"
        case .captions(let path, let reason): "\(path): \(reason)"
        case .fields(let path, let line, let reason): "\(path)\(line.map { ":\($0)" } ?? ""): \(reason)"
        case .unknownModel(let id, let folders):
            "There is no model \(id) in \(folders.joined(separator: ", ")); --models names another folder, and --embed node lets the node embed"
        case .noImageSide(let id): "The model \(id) makes no vectors of pictures"
        case .model(let id, let reason): "The model \(id) cannot be used here: \(reason)"
        case .otherModel(let id, let cosine):
            "The node's model \(id) is not the one here: their vectors of one picture have a cosine of \(cosine)"
        case .otherOrientation(let isHere):
            "Pictures are turned as their EXIF says \(isHere ? "here, and not by the node" : "by the node, and not here"): "
                + "inference.exif_orientation must be the same for both; --embed node lets the node embed"
        case .modelOfIndex(let index, let models, let model):
            "The index \(index) holds vectors of \(models.joined(separator: ", ")), which those of \(model) cannot be compared with: "
                + "say --model \(models.first ?? ""), or name another --index"
        case .dimensionsOfIndex(let index, let widths, let model, let width):
            "The index \(index) holds vectors of \(widths.map(String.init).joined(separator: ", ")) dimensions, and \(model) makes "
                + "vectors of \(width): say --model with the index's own, or name another --index"
        case .migration(let reason): reason
        }
    }
}
