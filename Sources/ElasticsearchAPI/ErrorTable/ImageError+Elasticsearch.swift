internal import ImagePreprocessing

extension ElasticsearchError {
    /// Bytes that are not a picture that can be read.
    init(_ error: ImageError) {
        switch error {
        case .empty: self = .illegalArgument("the image is empty")
        case .unknownFormat: self = .illegalArgument("the image is in none of the formats JPEG, PNG, WebP and GIF")
        case .tooManyBytes(let count, let limit):
            self = .illegalArgument("the image has [\(count)] bytes, more than the limit [\(limit)]")
        case .tooManyPixels(let width, let height, let limit):
            self = .illegalArgument("the image has [\(width)x\(height)] pixels, more than the limit [\(limit)]")
        case .sideTooLong(let width, let height, let limit):
            self = .illegalArgument("the image has [\(width)x\(height)] pixels, a side longer than the limit [\(limit)]")
        case .truncated(let format, let reason):
            self = .illegalArgument("the \(format) image is truncated: \(reason)")
        case .corrupt(let format, let reason): self = .illegalArgument("the \(format) image is damaged: \(reason)")
        case .unsupported(let format, let reason):
            self = .illegalArgument("the \(format) image cannot be read: \(reason)")
        case .outOfMemory: self.init(status: 429, "circuit_breaking_exception", "not enough memory to decode the image")
        }
    }
}
