internal import AsyncHTTPClient
internal import FoundationEssentials
internal import NIOCore
internal import NIOHTTP1

extension HubClient {
    /// How often a transfer that breaks off is taken up again.
    private static let mostInterruptions = 20

    /// Brings a file of a commit to `path`, behind what is there of it already.
    ///
    /// - Parameter progress: Called with the number of bytes that are there.
    /// - Throws: `HubError`; what has come stays, but for damaged content.
    func download(_ file: HubFile, of commit: String, to path: String, progress: (Int) -> Void) async throws(HubError) {
        var partial = try PartialFile(file, path: path)
        let isResumed = partial.received > 0
        try await complete(&partial, of: commit, progress)
        if isResumed, !partial.isWhole {
            // What an earlier run left may have been damaged since.
            try partial.restart()
            try await complete(&partial, of: commit, progress)
        }
        guard partial.isWhole else {
            let found = partial.foundDigest
            try partial.restart()
            throw .checksumMismatch(path: file.path, expected: file.digest, found: found)
        }
        try partial.sync()
    }

    private func complete(
        _ partial: inout PartialFile, of commit: String, _ progress: (Int) -> Void
    ) async throws(HubError) {
        progress(partial.received)
        var interruptions = 0
        while partial.received < partial.file.size,
            let interruption = try await receive(&partial, of: commit, progress)
        {
            interruptions += 1
            if interruptions > Self.mostInterruptions { throw interruption }
        }
        guard partial.received == partial.file.size else {
            throw .lengthMismatch(path: partial.file.path, expected: partial.file.size, found: partial.received)
        }
    }

    /// Takes one answer's bytes.
    ///
    /// - Returns: What broke the answer off; nil if it came to its end.
    private func receive(
        _ partial: inout PartialFile, of commit: String, _ progress: (Int) -> Void
    ) async throws(HubError) -> HubError? {
        let file = partial.file
        let answer = try await get(address(of: file.path, at: commit), from: partial.received)
        switch answer.response.status {
        case .partialContent:
            guard let range = ContentRange(answer.response.headers.first(name: "Content-Range") ?? ""),
                range.start == partial.received, range.size == nil || range.size == file.size
            else {
                throw .unexpectedAnswer(
                    url: Self.withoutQuery(answer.url), reason: "it is not the range that was asked for")
            }
        case .rangeNotSatisfiable:
            throw .lengthMismatch(path: file.path, expected: file.size, found: partial.received)
        default:
            // Also the answer of a server that knows no ranges.
            if partial.received > 0 { try partial.restart() }
        }
        do {
            for try await bytes in answer.response.body {
                try bytes.withUnsafeReadableBytes { piece throws(HubError) in try partial.append(piece) }
                progress(partial.received)
            }
        } catch let error as HubError {
            throw error
        } catch {
            return .unreachable(host: answer.url.host() ?? "", reason: Self.words(of: error))
        }
        return nil
    }
}
