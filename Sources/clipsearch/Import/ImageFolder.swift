internal import Files
internal import Foundation
internal import ImagePreprocessing

/// The pictures below a folder.
struct ImageFolder: Sendable {
    struct File: Sendable, Hashable {
        /// From the folder, with `/` between the parts.
        var relativePath: String
        var path: String

        var name: String { (relativePath as NSString).lastPathComponent }
        var folder: String { (path as NSString).deletingLastPathComponent }

        /// The picture's bytes. A pipe would be waited for, and what is no picture may have any size, so both are left unread.
        ///
        /// - Throws: `ImportError`; `ImageError.tooManyBytes`.
        func contents(limits: ImageLimits = ImageLimits()) throws -> [UInt8] {
            if let size = Path.size(of: path) {
                guard Path.isFile(path) else { throw ImportError.notAFile(path) }
                guard size <= limits.bytes else { throw ImageError.tooManyBytes(count: size, limit: limits.bytes) }
            }
            return try ImportError.wrapping(Files.File.contents(of: path))
        }
    }

    /// What a walk through the folder found.
    struct Listing: FolderLook {
        /// By path order.
        var files: [File] = []
        /// Files of captions.
        var captions: [File] = []
        /// Folders that could not be looked into; nothing is known of what is below them.
        var unreadable: [String] = []
    }

    private static let extensions: Set<String> = ["jpg", "jpeg", "png", "webp", "gif"]

    let path: String

    init(path: String) {
        self.path = URL(fileURLWithPath: path).standardizedFileURL.path
    }

    /// All JPEG, PNG, WebP and GIF files in any depth, by path order; hidden files and folders are passed over, and links to
    /// folders are not followed.
    ///
    /// - Throws: `ImportError.notAFolder`.
    func files() throws -> [File] { try listing().files }

    /// - Throws: `ImportError.notAFolder`.
    func listing() throws(ImportError) -> Listing {
        guard let names = try? Directory.names(in: path) else { throw .notAFolder(path) }
        var listing = Listing()
        add(names, below: "", to: &listing)
        listing.files.sort { $0.relativePath < $1.relativePath }
        return listing
    }

    private func add(_ names: [String], below prefix: String, to listing: inout Listing) {
        for name in names where !name.hasPrefix(".") {
            let file = File(relativePath: prefix + name, path: path + "/" + prefix + name)
            if Path.isDirectory(file.path, followingLinks: false) {
                if let names = try? Directory.names(in: file.path) {
                    add(names, below: file.relativePath + "/", to: &listing)
                } else {
                    listing.unreadable.append(file.relativePath)
                }
            } else if name == Captions.fileName {
                listing.captions.append(file)
            } else if Self.extensions.contains((name as NSString).pathExtension.lowercased()) {
                listing.files.append(file)
            }
        }
    }
}
