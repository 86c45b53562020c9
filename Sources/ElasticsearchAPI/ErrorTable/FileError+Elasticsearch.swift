internal import Files

extension ElasticsearchError {
    /// What the system refused to do with a file.
    init(_ error: FileError) {
        self.init(status: 500, "i_o_exception", error.reason)
    }
}

extension FileError {
    var reason: String { "cannot \(operation.verb) [\(path)]: \(systemReason)" }
}

extension FileError.Operation {
    fileprivate var verb: String {
        switch self {
        case .open: "open"
        case .inspect: "look at"
        case .list: "list"
        case .read: "read"
        case .write: "write"
        case .resize: "resize"
        case .map: "map"
        case .synchronize: "synchronize"
        case .lock: "lock"
        case .link: "link"
        case .rename: "rename"
        case .remove: "remove"
        case .createDirectory: "create directory"
        }
    }
}
