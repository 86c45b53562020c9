public import Files

/// Why a model could not be fetched.
public enum HubError: FileErrorWrapping, Equatable, Sendable {
    // What was asked for.
    case invalidName(String)
    case invalidRevision(String)
    case invalidEndpoint(String)

    // The hub's answers.
    case unreachable(host: String, reason: String)
    /// Hubs do not tell private models from missing ones.
    case modelNotFound(RepositoryName, host: String, withToken: Bool)
    case revisionNotFound(String, of: RepositoryName)
    /// The model's page asks for the acceptance of conditions first.
    case gated(RepositoryName, page: String, withToken: Bool)
    case tokenRefused(host: String)
    case refused(url: String, status: Int, reason: String)
    case unexpectedAnswer(url: String, reason: String)
    case unsafeRedirect(from: String, to: String)
    case tooManyRedirects(url: String)

    // The model's files.
    case unsafePath(String)
    case tooLarge(path: String, bytes: Int, limit: Int)
    /// There are weights, but in no form that can be read; these are what there is.
    case noWeights(RepositoryName, found: [String])
    case lengthMismatch(path: String, expected: Int, found: Int)
    case checksumMismatch(path: String, expected: FileDigest, found: FileDigest)

    // The models folder.
    case notEnoughSpace(folder: String, needed: Int, available: Int)
    case file(FileError)
    /// Another process fetches the same model.
    case busy(folder: String)
    /// The folder exists, and this file of it is missing or is not what the revision has.
    case differs(folder: String, path: String)
    /// Not a model id, which the folder is to be named by.
    case invalidID(String)
}
