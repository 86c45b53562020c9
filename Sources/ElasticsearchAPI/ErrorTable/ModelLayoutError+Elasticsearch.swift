public import Encoders
internal import Files

extension ModelLayoutError {
    /// Why the folder is no model that can be run.
    public var reason: String {
        switch self {
        case .notAModel(let folder): "[\(folder)] has neither config.json nor modules.json"
        case .missingFile(let file): "[\(file)] is missing"
        case .file(let error): error.reason
        case .tooLarge(let file, let bytes): "[\(file)] has [\(bytes)] bytes, more than any configuration"
        case .malformed(let file, let error): "[\(file)] is malformed: \(error)"
        case .archive(let error): error.reason
        case .invalidField(let file, let field): "[\(file)]: [\(field)] is missing or invalid"
        case .unsupported(let file, let field, let value): "[\(file)]: [\(field)] cannot be [\(value)]"
        case .widthMismatch(let file, let expected, let found):
            "[\(file)] takes [\(found)] inputs instead of [\(expected)]"
        }
    }
}
