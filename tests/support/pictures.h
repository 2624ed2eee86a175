#pragma once

/// \file
/// Pictures made for tests, and what is in pictures that the code made. libvips does both.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace mediadock {

using Colour = std::array<double, 3>;

inline constexpr Colour kRed{255, 0, 0};
inline constexpr Colour kBlue{0, 0, 255};

/// The left half red, the right half blue, in the format that `suffix` stands for: `.jpg`, `.png`,
/// `.webp`, `.gif`, `.avif`, `.heic`, `.tif`, with options of libvips in brackets.
std::string redAndBlue(int width, int height, const std::string& suffix);

/// As `redAndBlue`, with some noise, so that each part of the file holds a part of the picture.
std::string noisyRedAndBlue(int width, int height, const std::string& suffix);

/// As `redAndBlue`, as a photo that was taken with the camera on its side (EXIF orientation 6: its
/// left is the top), at a place that GPS knew, with a note.
std::string photoOnItsSide(int width, int height);

/// Red, and fully transparent in its right half.
std::string halfTransparent(int width, int height, const std::string& suffix);

/// One frame in red, others in blue behind it.
std::string animation(int width, int height, int frames, const std::string& suffix);

/// As `redAndBlue`, the colours in numbers of Display P3, whose profile is there.
std::string redAndBlueInP3(int width, int height, const std::string& suffix);

std::string cmykJpeg(int width, int height);

/// What the numbers of a picture mean.
enum class Colours { Rgb, Grey, Ink };

/// A JPEG with a profile, fitting or not, and without one where `profile` is empty: red and blue,
/// middle grey, or cyan ink.
std::string jpegWithProfile(Colours colours, const std::string& profile);

/// The profile that a picture holds.
std::string profileOf(const std::string& picture);

/// A profile that libvips has: `srgb`, `p3`, `cmyk`.
std::string knownProfile(const std::string& name);

std::string png16(int width, int height);

/// A PNG that says it is so large; little more than its head.
std::string pngOfSize(std::uint32_t width, std::uint32_t height);

/// Likewise, of eight bytes a pixel, and such that no row is whole before all is read.
std::string interlacedPngOfSize(std::uint32_t width, std::uint32_t height);

/// A GIF that says it is so large, with one frame of that size.
std::string gifOfSize(std::uint16_t width, std::uint16_t height);

/// What a picture holds.
struct PictureFacts {
  std::string loader;
  int width = 0;
  int height = 0;
  int bands = 0;
  bool is8Bit = false;
  bool isSrgb = false;
  bool hasAlpha = false;
  /// Names of all that stands beside the pixels: EXIF, XMP, IPTC, profiles.
  std::vector<std::string> metadata;
};

/// \throws std::runtime_error for what is no picture.
PictureFacts factsOf(const std::string& picture);

/// The bands of the pixel at so much of width and height, from 0 to 1.
std::vector<double> pixelAt(const std::string& picture, double x, double y);

}  // namespace mediadock
