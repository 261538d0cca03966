// Typed forms of libcurl's variadic functions, which Swift cannot call. Each takes one kind of argument,
// so that a wrong kind does not compile.
#ifndef CCURLSHIM_H
#define CCURLSHIM_H

#include <curl/curl.h>
#include <stdint.h>

typedef size_t (*mc_transfer_callback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*mc_seek_callback)(void *context, curl_off_t offset, int origin);
typedef int (*mc_progress_callback)(
    void *context, curl_off_t download_total, curl_off_t downloaded, curl_off_t upload_total, curl_off_t uploaded);
typedef int (*mc_socket_callback)(
    CURL *easy, curl_socket_t socket, int what, void *context, void *socket_context);
typedef curl_socket_t (*mc_open_socket_callback)(void *context, curlsocktype purpose, struct curl_sockaddr *address);
typedef int (*mc_close_socket_callback)(void *context, curl_socket_t socket);
typedef int (*mc_timer_callback)(CURLM *multi, long timeout_ms, void *context);

CURLcode mc_easy_set_long(CURL *easy, CURLoption option, long value);
CURLcode mc_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value);
CURLcode mc_easy_set_string(CURL *easy, CURLoption option, const char *value);
CURLcode mc_easy_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode mc_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *value);
// CURLOPT_WRITEFUNCTION, CURLOPT_READFUNCTION, CURLOPT_HEADERFUNCTION.
CURLcode mc_easy_set_transfer_callback(CURL *easy, CURLoption option, mc_transfer_callback callback);
CURLcode mc_easy_set_seek_callback(CURL *easy, mc_seek_callback callback);
CURLcode mc_easy_set_progress_callback(CURL *easy, mc_progress_callback callback);
CURLcode mc_easy_set_open_socket_callback(CURL *easy, mc_open_socket_callback callback);
CURLcode mc_easy_set_close_socket_callback(CURL *easy, mc_close_socket_callback callback);
// A socket of the kind that libcurl wants, which no program that is started gets; CURL_SOCKET_BAD when there is none.
curl_socket_t mc_socket_open(const struct curl_sockaddr *address);
// http and https only, by whichever option this libcurl has.
CURLcode mc_easy_allow_only_http(CURL *easy);
// smtp and smtps only.
CURLcode mc_easy_allow_only_mail(CURL *easy);

CURLcode mc_easy_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode mc_easy_get_offset(CURL *easy, CURLINFO info, curl_off_t *value);
CURLcode mc_easy_get_string(CURL *easy, CURLINFO info, const char **value);
CURLcode mc_easy_get_pointer(CURL *easy, CURLINFO info, void **value);

CURLMcode mc_multi_set_long(CURLM *multi, CURLMoption option, long value);
CURLMcode mc_multi_set_pointer(CURLM *multi, CURLMoption option, void *value);
CURLMcode mc_multi_set_socket_callback(CURLM *multi, mc_socket_callback callback);
CURLMcode mc_multi_set_timer_callback(CURLM *multi, mc_timer_callback callback);

// The result inside a message of kind CURLMSG_DONE; the union is not reachable from Swift.
CURLcode mc_message_result(const CURLMsg *message);

// The kernel's event interface, whose headers Swift's Glibc module lacks, in libcurl's own terms.
typedef struct {
  int descriptor;
  // CURL_CSELECT_IN, CURL_CSELECT_OUT, CURL_CSELECT_ERR.
  int readiness;
} mc_event;

// A descriptor to wait on, or -1.
int mc_poll_create(void);
// Beside CURL_POLL_IN: told once for each time that something comes in, read or not.
#define MC_POLL_EDGE 8
// Watches `descriptor` for CURL_POLL_IN, CURL_POLL_OUT or both, whether it was watched before or not.
int mc_poll_watch(int poll, int descriptor, int what);
int mc_poll_forget(int poll, int descriptor);
// Waits at most `nanoseconds` (negative: without limit), never less, and fills `events`; the number of them.
int mc_poll_wait(int poll, mc_event *events, int capacity, int64_t nanoseconds);

// A descriptor, or -1, to be watched with MC_POLL_EDGE for mc_wakeup_signal. It is never read.
int mc_wakeup_create(void);
void mc_wakeup_signal(int descriptor);

#endif
