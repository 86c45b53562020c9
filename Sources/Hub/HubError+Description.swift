internal import Files

extension HubError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .invalidName(let name):
            "[\(name)] is not a model's name: give owner/name, as sentence-transformers/clip-ViT-B-32"
        case .invalidRevision(let revision): "[\(revision)] is not a revision: give a branch, a tag or a commit"
        case .invalidEndpoint(let url): "HF_ENDPOINT [\(url)] is not an http or https address"
        case .unreachable(let host, let reason): "\(host) cannot be reached: \(reason)"
        case .modelNotFound(let model, let host, let withToken):
            "\(host) has no model \(model)"
                + (withToken
                    ? ", or the token does not open it" : "; if it is private, put an access token into HF_TOKEN")
        case .revisionNotFound(let revision, let model): "\(model) has no revision [\(revision)]"
        case .gated(let model, let page, let withToken):
            "\(model) is gated: accept its conditions at \(page)"
                + (withToken
                    ? " with the account of your token" : " and put an access token of that account into HF_TOKEN")
        case .tokenRefused(let host): "\(host) refuses the access token of HF_TOKEN"
        case .refused(let url, let status, let reason):
            "\(url) was refused with status \(status)\(reason.isEmpty ? "" : ": \(reason)")"
        case .unexpectedAnswer(let url, let reason): "\(url) was answered, but not as a hub does: \(reason)"
        case .unsafeRedirect(let url, let target): "\(url) redirects to \(target), which is not followed"
        case .tooManyRedirects(let url): "\(url) redirects without end"
        case .unsafePath(let path): "The hub lists a file that would leave the model's folder: \(path.debugDescription)"
        case .tooLarge(let path, let bytes, let limit): "\(path) has \(bytes) bytes; at most \(limit) are taken"
        case .noWeights(let model, let found):
            "\(model) has neither model.safetensors nor pytorch_model.bin"
                + (found.isEmpty ? "" : ", only \(found.joined(separator: ", "))")
        case .lengthMismatch(let path, let expected, let found): "\(path) came with \(found) bytes instead of \(expected)"
        case .checksumMismatch(let path, let expected, let found):
            "\(path) came damaged: \(found) instead of \(expected); it was thrown away"
        case .notEnoughSpace(let folder, let needed, let available):
            "\(folder): \(Self.megabytes(needed)) are needed, \(Self.megabytes(available)) are free"
        case .file(let error): "\(error.path): \(error.systemReason)"
        case .busy(let folder): "\(folder) is in use: another process pulls the same model"
        case .invalidID(let id):
            "[\(id)] is not a model id: at most 64 lower-case letters, digits, hyphens, underscores and points, with a "
                + "letter or digit at both ends"
        case .differs(let folder, let path):
            "\(folder) holds something else: \(path) is missing or not this revision's. --force replaces the folder"
        }
    }

    private static func megabytes(_ bytes: Int) -> String { "\((bytes + 999_999) / 1_000_000) MB" }
}
