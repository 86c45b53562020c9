extension Endpoint {
    /// Whether it is ours, and none of Elasticsearch's.
    public var isOwn: Bool { rawValue.hasPrefix("clipsearch.") }

    /// Whether its body is a picture's bytes, or several pictures'.
    public var takesPictures: Bool {
        switch self {
        case .clipsearchIndexImage, .clipsearchPutThumbnail, .clipsearchPutThumbnails, .clipsearchSearchImage: true
        default: false
        }
    }
}
